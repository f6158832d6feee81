import { needsPerson, refused, usage, type TsawsumeError } from '../errors';
import { checksum } from './checksum';
import { isMfaCode, type MfaCode, type ProfileName } from './names';
import type { MfaDevice } from './plan';
import type { Inputs, MfaPrompt, SessionStore } from './ports';
import { quoted } from './words';

/** RFC 6238 and AWS's devices: a new code every 30 seconds. */
const STEP_MS = 30_000;
/** AWS takes the codes of the neighbouring steps, too; after that the same six digits are another code. */
const SPENT_MS = 3 * STEP_MS;
/** How often a person is asked in one run. */
const TRIES = 3;

/** What the getting of codes needs of the world. */
export interface MfaPorts {
  readonly store: SessionStore;
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly prompt: () => Promise<MfaPrompt>;
  readonly hasTerminal: () => boolean;
  /** Undefined: no command is to be run, as nobody is to be asked. */
  readonly runProcess: ((command: string) => Promise<string>) | undefined;
  readonly say: (line: string) => void;
  /** `--mfa-token` or TSAWSUME_MFA_TOKEN. */
  readonly given: string | undefined;
}

/**
 * The codes of one run: the flag, a command, a person, in that order. AWS takes each code once, so one that was spent
 * is refused here, and a refused one is asked for anew, three times at most.
 */
export class MfaCodes {
  #asked = 0;
  #givenUsed = false;
  #processRuns = 0;

  constructor(private readonly ports: MfaPorts) {}

  /** Whether a code can be had at all in this run: without a person, a command or a flag it can't. */
  canAnswer(device: Pick<MfaDevice, 'process'>): boolean {
    const { given, runProcess, hasTerminal } = this.ports;
    return given !== undefined || (device.process !== undefined && runProcess !== undefined) || hasTerminal();
  }

  /**
   * A code to send, marked as spent. Throws `needs-person` when nobody can give one, `usage` for a flag that is no
   * code, `refused` after the last try, `cancelled` when the person says no.
   * @param again why another one is needed, when AWS refused the last.
   */
  async next(device: MfaDevice, profile: ProfileName, again?: string): Promise<MfaCode> {
    const { given, runProcess } = this.ports;
    if (given !== undefined) return this.#fromFlag(given, device, again);
    if (device.process !== undefined && runProcess !== undefined) {
      const { value } = device.process;
      return this.#fromProcess(() => runProcess(value), device, again);
    }
    return this.#fromPerson(device, profile, again);
  }

  /** Takes back that a code was spent: it never left this machine. */
  unspend(device: MfaDevice, code: MfaCode): void {
    const rest = this.#spent(device).filter(({ hash }) => hash !== hashOf(device, code));
    this.ports.store.remember(factOf(device), { spent: rest });
  }

  #fromFlag(given: string, device: MfaDevice, again: string | undefined): MfaCode {
    if (this.#givenUsed)
      throw refused(again ?? 'a second MFA code is needed', 'give the next code that the device shows');
    this.#givenUsed = true;
    const code = given.trim();
    if (!isMfaCode(code))
      throw usage('the MFA code is not six digits', 'give the six digits that the device shows');
    const wait = this.#secondsUntilNext(device, code);
    if (wait !== undefined) throw spentError(wait);
    return this.#spend(device, code);
  }

  async #fromProcess(
    process: () => Promise<string>,
    device: MfaDevice,
    again: string | undefined,
  ): Promise<MfaCode> {
    if (this.#processRuns >= 2)
      throw refused(again ?? 'AWS refused the MFA code', 'look at what mfa_process prints');
    this.#processRuns += 1;
    const code = await process();
    if (!isMfaCode(code)) {
      throw refused(
        'mfa_process printed something else than six digits',
        'let it print the code and nothing more',
      );
    }
    const wait = this.#secondsUntilNext(device, code);
    if (wait === undefined) return this.#spend(device, code);
    this.ports.say(`the MFA code was just used; the next one comes in ${String(wait)}s: waiting for it`);
    await this.ports.sleep(wait * 1000);
    return this.#fromProcess(process, device, 'mfa_process gives the same code again');
  }

  async #fromPerson(device: MfaDevice, profile: ProfileName, again: string | undefined): Promise<MfaCode> {
    if (!this.ports.hasTerminal()) throw noOneToAsk(device, profile);
    const prompt = await this.ports.prompt();
    let reason = again;
    for (;;) {
      if (this.#asked >= TRIES) {
        throw refused(`${reason ?? 'no MFA code'}: that was the third try`, 'try again with the next code');
      }
      this.#asked += 1;
      const question = { serial: device.serial.value, profile };
      const typed = await prompt.ask(reason === undefined ? question : { ...question, again: reason });
      if (!isMfaCode(typed)) {
        reason = 'a code is six digits';
        continue;
      }
      const wait = this.#secondsUntilNext(device, typed);
      if (wait === undefined) return this.#spend(device, typed);
      reason = `that code was just used; the next one comes in ${String(wait)}s`;
    }
  }

  #spend(device: MfaDevice, code: MfaCode): MfaCode {
    const at = this.ports.now();
    this.ports.store.remember(factOf(device), {
      spent: [...this.#spent(device), { hash: hashOf(device, code), at }],
    });
    return code;
  }

  /** Seconds until the device shows another code, if this one was spent; undefined if it was not. */
  #secondsUntilNext(device: MfaDevice, code: MfaCode): number | undefined {
    const hash = hashOf(device, code);
    if (!this.#spent(device).some((entry) => entry.hash === hash)) return undefined;
    return Math.ceil((STEP_MS - (this.ports.now() % STEP_MS)) / 1000);
  }

  #spent(device: MfaDevice): readonly { readonly hash: string; readonly at: number }[] {
    const now = this.ports.now();
    const found = this.ports.store.recall(factOf(device))?.['spent'];
    if (!Array.isArray(found)) return [];
    return found.flatMap((entry: Inputs | string) => {
      if (typeof entry === 'string') return [];
      const { hash, at } = entry;
      const believable = typeof hash === 'string' && typeof at === 'number' && Math.abs(now - at) < SPENT_MS;
      return believable ? [{ hash, at }] : [];
    });
  }
}

const factOf = (device: MfaDevice): string => `mfa ${device.serial.value}`;

/** A code is dead a minute after it was spent; its hash is kept so that not even a dead one lies about. */
const hashOf = (device: MfaDevice, code: MfaCode): string => checksum(`${device.serial.value} ${code}`);

const spentError = (wait: number): TsawsumeError =>
  refused('this MFA code was just used, and AWS takes each once', `the next one comes in ${String(wait)}s`);

export const noOneToAsk = (device: MfaDevice, profile: ProfileName): TsawsumeError =>
  needsPerson(
    `profile ${quoted(profile)} needs an MFA code of ${device.serial.value}, and there is no terminal to ask at`,
    'give it with --mfa-token CODE, TSAWSUME_MFA_TOKEN or mfa_process; or run tsawsume once at a terminal',
  );
