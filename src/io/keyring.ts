import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type { Environment } from '../world';
import { childEnvironment } from './child-environment';
import { errorCode } from './error-code';
import { KEYRING_CHILD } from './keyring-child';
import { ownProgram } from './program';

/** The keyring of the operating system: texts under names. Each call throws `KeyringTrouble` when it can't be had. */
export interface Keyring {
  /** Undefined where there is none. */
  get(keys: readonly string[]): readonly (string | undefined)[];
  set(key: string, value: string): void;
  /** Those that are not there are no trouble. */
  remove(keys: readonly string[]): void;
}

/** Why there is no keyring, in words that can end a sentence. */
export class KeyringTrouble extends Error {
  override readonly name = 'KeyringTrouble';
  /** @param done whether what was asked for may have been done all the same. */
  constructor(
    message: string,
    readonly done: 'no' | 'perhaps',
  ) {
    super(message);
  }
}

const LIBRARY = '@napi-rs/keyring';
/** Milliseconds: an unlocked keyring answers in 20, one that asks a person or hangs is not waited for. */
const PATIENCE_MS = 3_000;
/** Bytes of an answer; sessions are some kB each. */
const LIMIT = 64 * 1024 * 1024;

/** @param service whose entries they are: what other programs show as their name. */
export function openKeyring(service: string, env: Environment): Keyring {
  const ask = (request: Readonly<Record<string, unknown>>): readonly (string | undefined)[] => {
    const library = find();
    const { error, stdout } = spawnSync(process.execPath, ['-e', KEYRING_CHILD], {
      input: JSON.stringify({ library, service, ...request }),
      timeout: PATIENCE_MS,
      killSignal: 'SIGKILL',
      maxBuffer: LIMIT,
      encoding: 'utf8',
      // Nothing of a folder that we happen to stand in is looked at.
      cwd: dirname(library),
      // The executable without Node is its own engine: so it takes code, as `node -e` does.
      env: {
        ...childEnvironment(env),
        ...(process.versions['bun'] === undefined ? {} : { BUN_BE_BUN: '1' }),
      },
      stdio: ['pipe', 'pipe', 'ignore'],
      windowsHide: true,
    });
    if (errorCode(error) === 'ETIMEDOUT')
      throw new KeyringTrouble(`no answer in ${String(PATIENCE_MS / 1000)} s`, 'perhaps');
    return valuesIn(stdout);
  };
  return {
    get: (keys) => ask({ get: keys }),
    set: (key, value) => void ask({ set: [[key, value]] }),
    remove: (keys) => void ask({ remove: keys }),
  };
}

/** Beside ourselves, as `npm install -g` puts it, or where NODE_PATH says: never in the folder that we are run in. */
function find(): string {
  try {
    return createRequire(ownProgram().at(-1) ?? process.execPath).resolve(LIBRARY);
  } catch {
    throw new KeyringTrouble(`npm install -g ${LIBRARY} is wanted`, 'no');
  }
}

function valuesIn(stdout: string): readonly (string | undefined)[] {
  const { values, error } = parsed(stdout.slice(stdout.lastIndexOf('\n') + 1));
  if (typeof error === 'string') throw new KeyringTrouble(error.slice(0, 200), 'no');
  if (!Array.isArray(values)) throw new KeyringTrouble('it ended without an answer', 'perhaps');
  return values.map((value: unknown) => (typeof value === 'string' ? value : undefined));
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
