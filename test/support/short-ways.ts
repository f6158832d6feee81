import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Inputs } from '../../src/core/ports';
import { wayName } from '../../src/core/short-way';
import { openStore } from '../../src/io/session-store';
import { factName } from '../../src/io/stored-entry';
import { companyFiles } from '../../src/sandbox/company-files';
import { Home, PROGRAM, run, type Result, type World } from './harness';
import { openWorld } from './open-company';
import { shortWayHook } from './short-way-hook';
import { shortWayProfiles } from './short-way-profiles';
import { forgetWays, linkAll } from './way-files';

export type Env = Readonly<Record<string, string | undefined>>;

/** A profile whose way is noted, and what happens then. */
export interface Case {
  readonly name: string;
  /** Absent: `reader`, a role over keys. */
  readonly profile?: string;
  /** The environment that it is noted in. */
  readonly env?: Env | ((at: Noted) => Env);
  /** Makes the home what it is before anything runs. */
  readonly before?: (at: Noted) => void;
  /** What happens between the noting and the run that is looked at; gives what changes in the environment. */
  readonly change?: (at: Noted) => Env | undefined | Promise<Env | undefined>;
  /** JavaScript that runs before the program in that run: faults that a file can't make. */
  readonly fault?: string;
  /** What that run is run by. */
  readonly wrap?: readonly string[];
  /** A line on stderr that is told once, and so to the first run alone. */
  readonly once?: RegExp;
  /** Nothing that is stored, and nothing that could be, is of use: each run asks for a session of its own. */
  readonly fetches?: true;
  /** Which way that run must go; `never`: for such a profile none is noted. */
  readonly way: 'short' | 'long' | 'never';
}

/** How long a file must have been left alone: see `TICK` of io/file-state. */
const SETTLED = 2_100;

/** The sandbox, a home where every profile's session is stored, and the cases' own homes, which begin as copies of it. */
export class ShortWays {
  readonly #folder = mkdtempSync(join(tmpdir(), 'tsawsume-ways-'));
  readonly #noted = new Map<string, Noted>();
  private constructor(readonly world: World) {}

  /**
   * @param cases those of a file: their ways are noted all at once, so that they wait together.
   * @param homes `shared`: no case changes a file, so that those which are noted alike can take turns in one home.
   */
  static async open(cases: readonly Case[], homes: 'own' | 'shared' = 'own'): Promise<ShortWays> {
    const ways = new ShortWays(await openWorld());
    const { config, credentials } = companyFiles(ways.world.sandbox.company);
    const more = shortWayProfiles(ways.world, ways.#folder);
    ways.world.home.write(`${config}\n${more.config}`, `${credentials}\n${more.credentials}`);
    const wanted = new Set(cases.filter(({ before }) => before === undefined).map(profileOf));
    await atMost(4, [...wanted], async (profile) => ways.#seed(profile));
    // These keep the bytecode of all that follows.
    for (let runs = 0; runs < 2; runs += 1) expect((await ways.world.run(['reader'])).code).toBe(0);
    const alike = new Map<string, Noted>();
    for (const one of cases) {
      const { before, env = {} } = one;
      const isOwn = homes === 'own' || before !== undefined || typeof env === 'function';
      const like = isOwn ? one.name : JSON.stringify([profileOf(one), env]);
      const at = alike.get(like) ?? ways.#prepare(one);
      alike.set(like, at);
      ways.#noted.set(one.name, at);
    }
    await new Promise((done) => setTimeout(done, SETTLED));
    await atMost(4, [...alike.values()], (at) => at.note());
    return ways;
  }

  async #seed(profile: string): Promise<void> {
    const codes = { alice: 'alice', 'cli-role': 'dev' } as const;
    const user = profile === 'alice' || profile === 'cli-role' ? codes[profile] : undefined;
    const env = { ...this.world.env, ...(user && { TSAWSUME_MFA_TOKEN: this.world.code(user) }) };
    const { code, stderr } = await run([...PROGRAM, 'export', profile], {
      env: { ...env, ...environmentKeys(this.world) },
    });
    expect([code, stderr.includes('refused')], stderr).toEqual([0, false]);
  }

  #prepare(one: Case): Noted {
    const { world } = this;
    const read = (name: string): string => readFileSync(join(world.home.path, '.aws', name), 'utf8');
    const home = new Home(read('config'), read('credentials'));
    mkdirSync(home.cache, { recursive: true, mode: 0o700 });
    // The program's bytecode, too, or each home would make it anew.
    linkAll(join(world.home.path, '.tsawsume/compiled'), join(home.path, '.tsawsume/compiled'));
    for (const name of world.home.sessions())
      copyFileSync(join(world.home.cache, name), join(home.cache, name));
    const at = new Noted(world, home, one, join(this.#folder, `${String(this.#noted.size)}.cjs`));
    one.before?.(at);
    return at;
  }

  at({ name }: Case): Noted {
    const noted = this.#noted.get(name);
    if (noted === undefined) throw new Error(`no case ${name}`);
    return noted;
  }

  async close(): Promise<void> {
    for (const { home } of new Set(this.#noted.values())) home.remove();
    rmSync(this.#folder, { recursive: true, force: true });
    await this.world.close();
  }
}

const profileOf = ({ profile = 'reader' }: Case): string => profile;

/** The keys of `credential_source = Environment`. */
const environmentKeys = (world: World): Env => ({
  AWS_ACCESS_KEY_ID: world.sandbox.company.users.dev.key.accessKeyId,
  AWS_SECRET_ACCESS_KEY: world.sandbox.company.users.dev.key.secretAccessKey,
});

/** One home, and the profile that is noted in it. */
export class Noted {
  readonly profile: string;
  #env: Env;
  /** Its way, as it was noted. */
  #text: Buffer | undefined;
  #turn: Promise<void> = Promise.resolve();

  constructor(
    readonly world: World,
    readonly home: Home,
    private readonly first: Case,
    private readonly hook: string,
  ) {
    this.profile = profileOf(first);
    this.#env = { ...world.env, HOME: home.path };
    this.#env = { ...this.#env, ...(typeof first.env === 'function' ? first.env(this) : first.env) };
  }

  get env(): Env {
    return this.#env;
  }
  get config(): string {
    return join(this.home.path, '.aws/config');
  }
  get credentials(): string {
    return join(this.home.path, '.aws/credentials');
  }
  fact(name: string): string {
    return this.#kept(factName(name));
  }
  /** The file of its way. */
  get way(): string {
    return this.wayOf(this.profile);
  }
  /** The file of the way of another line, as this environment's shell would write it. */
  wayOf(...words: readonly string[]): string {
    return this.#kept(wayName([this.#env['TSAWSUME_SHELL'] ?? '', ...words]) ?? 'none');
  }
  #kept(name: string): string {
    return join(this.#env['TSAWSUME_HOME'] ?? join(this.home.path, '.tsawsume'), 'cache', name);
  }
  /** The file of its session, as the way has it. */
  get entry(): string {
    const key = /"key":"([0-9a-f]{32})"/.exec(readFileSync(this.way, 'utf8'))?.[1] ?? 'none';
    return join(this.home.cache, `${key}.json`);
  }
  put(name: string, text: string): void {
    const path = join(this.home.path, name);
    mkdirSync(join(path, '..'), { recursive: true, mode: 0o700 });
    writeFileSync(path, text);
  }
  /** A fact of the store. */
  remember(fact: string, value: Inputs): void {
    const home = join(this.home.path, '.tsawsume');
    openStore({ home, now: () => Date.now(), warn: () => undefined }).remember(fact, value);
  }
  /** Changes a file's text; that there is nothing to change is a mistake of the test. */
  edit(path: string, from: string, to: string): void {
    const text = readFileSync(path, 'utf8');
    expect(text).toContain(from);
    writeFileSync(path, text.replace(from, to));
  }

  /** The program in this home, as another command. */
  run(args: readonly string[], env: Env = {}): Promise<Result> {
    return run([...PROGRAM, ...args], { env: { ...this.#env, ...env } });
  }

  /** Until the way is there: the first run may fetch, the next finds what it stored. */
  async note(): Promise<void> {
    const keys = this.profile === 'env' ? environmentKeys(this.world) : {};
    this.#env = { ...this.#env, ...keys };
    for (let runs = 0; runs < 2 && !existsSync(this.way); runs += 1) {
      const { code, stderr } = await this.run([this.profile]);
      expect(code, stderr).toBe(0);
    }
    expect([this.profile, existsSync(this.way)]).toEqual([this.profile, this.first.way !== 'never']);
    if (existsSync(this.way)) this.#text = readFileSync(this.way);
  }

  /**
   * The run that is looked at, and what it must be like: the same once more, where nothing is noted. In this order: a
   * session that the short way took and the long way does not believe is another one by then.
   */
  async both(one: Case): Promise<{ readonly noted: Seen; readonly bare: Seen }> {
    const before = this.#turn;
    let done = (): void => undefined;
    this.#turn = new Promise((over) => (done = over));
    await before;
    try {
      forgetWays(join(this.way, '..'));
      if (this.#text !== undefined) writeFileSync(this.way, this.#text, { mode: 0o600 });
      const env = (await one.change?.(this)) ?? {};
      const noted = await this.#again(one, env);
      const folder = env['TSAWSUME_HOME'] ?? this.#env['TSAWSUME_HOME'] ?? join(this.home.path, '.tsawsume');
      forgetWays(join(folder, 'cache'));
      return { noted, bare: await this.#again(one, env) };
    } finally {
      done();
    }
  }

  /** One more run of the profile's name alone, and which way it went. */
  async #again({ fault, wrap = [] }: Case, env: Env): Promise<Seen> {
    const log = `${this.hook}.log`;
    rmSync(log, { force: true });
    writeFileSync(this.hook, shortWayHook(log, fault));
    const options = `${env['NODE_OPTIONS'] ?? ''} --require ${this.hook}`;
    const ended = await run([...wrap, ...PROGRAM, this.profile], {
      env: { ...this.#env, ...env, NODE_OPTIONS: options },
    });
    return { ...ended, stderr: timeless(ended.stderr), way: existsSync(log) ? 'long' : 'short' };
  }
}

export interface Seen extends Result {
  readonly way: 'short' | 'long';
}

/** Without the time that is left. */
const timeless = (stderr: string): string => stderr.replace(/\(in [^)]+\)/g, '(in …)');

/** A case whose change is none of the environment. */
export const change = (name: string, how: (at: Noted) => unknown, more: Partial<Case> = {}): Case => ({
  name,
  change: async (at) => {
    await how(at);
    return undefined;
  },
  way: 'long',
  ...more,
});

/** What must be true of every case. */
export async function sameBothWays(at: Noted, one: Case): Promise<Seen> {
  const both = await at.both(one);
  const [noted, bare] =
    one.fetches === true ? [keyless(both.noted), keyless(both.bare)] : [both.noted, both.bare];
  const told = one.once === undefined ? noted.stderr : noted.stderr.replace(one.once, '');
  expect({ ...noted, stderr: told, way: bare.way }).toEqual(bare);
  expect(told === noted.stderr, 'what is told once was not told').toBe(one.once === undefined);
  expect(both.noted.stdout === both.bare.stdout).toBe(one.fetches !== true);
  expect([noted.way, bare.way], noted.stderr).toEqual([one.way === 'short' ? 'short' : 'long', 'long']);
  return noted;
}

/** Without what is another with each session. */
const keyless = ({ stdout, stderr, ...seen }: Seen): Seen => ({
  ...seen,
  stdout: stdout.replace(/((?:KEY|KEY_ID|TOKEN|EXPIRATION)=)'[^']+'/g, '$1…'),
  stderr: stderr.replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g, '…'),
});

/** Runs them all, so many at once. */
async function atMost<T>(count: number, all: readonly T[], one: (item: T) => Promise<void>): Promise<void> {
  const left = [...all];
  const work = async (): Promise<void> => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await one(item);
  };
  await Promise.all(Array.from({ length: count }, work));
}
