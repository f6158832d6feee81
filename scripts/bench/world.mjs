// Where the rows are measured: an STS on loopback, a temporary HOME whose profiles are its company's, and a clean-up
// that happens however the bench ends.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { rolldown } from 'rolldown';
import { Stopwatch } from './measure.mjs';

/** The longest chain. */
export const LINKS = 50;

export class World {
  folder = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), 'tsawsume-bench-')));
  home = join(this.folder, 'home');
  stopwatch = new Stopwatch();
  #persons = 0;

  /** @param people how many MFA codes may be asked for. */
  static async open(root, people) {
    const world = new World();
    process.once('exit', () => world.#remove());
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));
    await world.#start(root, people);
    return world;
  }

  async #start(root, people) {
    const entry = join(root, 'scripts/bench/company.mjs');
    const made = await rolldown({ cwd: root, input: entry, platform: 'node' });
    const file = join(this.folder, 'company.mjs');
    await made.write({ file, format: 'esm', codeSplitting: false });
    this.sts = fork(file, [String(LINKS), String(people)]);
    const [company] = await once(this.sts, 'message');
    this.company = company;
    fs.mkdirSync(join(this.home, '.aws'), { recursive: true });
    this.write('home/.aws/config', `${company.config}\n${company.chain}`);
    this.write('home/.aws/credentials', company.credentials);
    this.env = {
      PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
      HOME: this.home,
      LANG: 'C.UTF-8',
      AWS_ENDPOINT_URL: company.url,
      AWS_ENDPOINT_URL_STS: company.url,
      AWS_EC2_METADATA_DISABLED: 'true',
    };
  }

  /** Writes a file below the temporary folder. @returns its path. */
  write(name, text) {
    const path = join(this.folder, name);
    fs.writeFileSync(path, text, { mode: 0o600 });
    return path;
  }

  /** A config of exactly so many profiles: the company's own nine, and copies of one role. @returns its path. */
  configOf(count) {
    const { config } = this.company;
    const own = config.match(/^\[(?:profile |default\])/gm).length;
    const copy = (_, i) =>
      `\n[profile generated-${i}]\nrole_arn = arn:aws:iam::111122223333:role/r${i}\nsource_profile = dev\nregion = eu-central-1\n`;
    return this.write(
      `config-${count}`,
      config + Array.from({ length: Math.max(0, count - own) }, copy).join(''),
    );
  }

  /** Asks the STS: `code` of a device, or the `calls` since the last time. */
  async ask(what, of) {
    this.sts.send({ what, of });
    const [{ answer }] = await once(this.sts, 'message');
    return answer;
  }

  /** A profile that needs an MFA code, and the code: another person each time, for a code is taken once. */
  async nextPerson() {
    const { serials, peopleConfig, peopleCredentials } = this.company;
    this.#persons += 1;
    const serial = serials[this.#persons - 1];
    if (serial === undefined) throw new Error('there are not people enough');
    const env = {
      AWS_CONFIG_FILE: this.write('people-config', peopleConfig),
      AWS_SHARED_CREDENTIALS_FILE: this.write('people-credentials', peopleCredentials),
      TSAWSUME_MFA_TOKEN: await this.ask('code', serial),
    };
    return { profile: `mfa-${this.#persons}`, env };
  }

  close() {
    this.stopwatch.close();
    this.sts.disconnect();
    this.#remove();
  }

  #remove() {
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}
