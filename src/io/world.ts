import { existsSync, readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { badProfile } from '../errors';
import type { Environment, World } from '../world';
import { awsFilePaths, readAwsFiles } from './aws-files';
import { childEnvironment, processEnvironment } from './child-environment';
import { errorCode } from './error-code';
import { openLocks } from './lock';
import { ownProgram, programFor } from './program';
import { writePrivateFile } from './private-file';
import { terminalIsThere } from './terminal-there';
import { openStore } from './session-store';
import { isTerminal, loadPalette, openOutput, openPeople, wantsColors, type Level } from './terminal';

/**
 * The machine as the program sees it. Everything heavy is imported here, and only when somebody asks for it: this is
 * the one place of a lazy `import()` of our own io.
 * @param argv only looked at for how much is to be told on stderr, which must be known before it is parsed.
 */
export function createWorld(argv: readonly string[]): World & { close(): Promise<void> } {
  const env: Environment = { ...process.env };
  const { platform } = process;
  const home = env['HOME'] || (platform === 'win32' ? env['USERPROFILE'] : undefined) || undefined;
  const ownHome = env['TSAWSUME_HOME'] || (home === undefined ? undefined : join(home, '.tsawsume'));
  const people = openPeople({ level: levelOf(argv) });
  const now = (): number => Date.now();
  const sleep = (milliseconds: number): Promise<void> =>
    new Promise((done) => setTimeout(done, milliseconds));
  const sts = once(async () => {
    const { openSts } = await import('./sts');
    return openSts({ env, sleep, say: (line) => people.warn(line) });
  });
  const locks = once(() => openLocks({ home: ownHome, now }));
  return {
    env,
    home,
    platform,
    hostname,
    now,
    sleep,
    out: openOutput(),
    people,
    awsFiles: (paths) => readAwsFiles(paths, env, home),
    managedProfiles: async (paths) => {
      const { openManagedProfiles } = await import('./managed-profiles');
      return openManagedProfiles(awsFilePaths(paths, env, home), { locks: locks(), now, sleep });
    },
    settings: async () => {
      // Most people have none, and then not even the reader's file is read.
      if (ownHome === undefined || !existsSync(join(ownHome, 'config.yaml'))) return {};
      const { readSettings } = await import('./settings');
      return readSettings(join(ownHome, 'config.yaml'));
    },
    palette: (setting) => loadPalette(wantsColors(isTerminal(1), env, setting)),
    store: once(() => openStore({ home: ownHome, now, warn: (line) => people.warn(line) })),
    locks,
    sts,
    hasTerminal: once(() => terminalIsThere(platform)),
    prompt: async () => {
      const { openPrompt } = await import('./prompt');
      return openPrompt({ platform, env });
    },
    credentialProcess: async (command) => {
      const { runCredentialProcess } = await import('./credential-process');
      return runCredentialProcess(command, { env: processEnvironment(command, env), platform, now });
    },
    mfaProcess: async (command) => {
      const { runMfaProcess } = await import('./mfa-process');
      return runMfaProcess(command, { env: childEnvironment(env), platform });
    },
    machineCredentials: async (source) => {
      const { machineCredentials } = await import('./machine-credentials');
      return machineCredentials(source, { env, now });
    },
    readText: (path) => readNamedFile(path),
    writePrivate: (path, text) => writePrivateFile(path, text),
    readStdin: async () => {
      const { text } = await import('node:stream/consumers');
      return text(process.stdin);
    },
    program: () => programFor(env, platform),
    programAnywhere: ownProgram,
    absolutePath: (path) => (path.startsWith('~/') ? path : resolve(path)),
    exec: async (command, args, childEnv) => {
      const { runCommand } = await import('./exec');
      return runCommand(command, args, childEnv, { platform, warn: (line) => people.warn(line) });
    },
    sandbox: async () => {
      const { sandboxPort } = await import('./sandbox');
      return sandboxPort({ env, platform, now, warn: (line) => people.warn(line) });
    },
    close: async () => {
      // What could not be opened was told where it was wanted.
      await sts
        .made()
        ?.then((opened) => opened.close())
        .catch(() => undefined);
    },
  };
}

function levelOf(argv: readonly string[]): Level {
  const end = argv.indexOf('--');
  const flags = end < 0 ? argv : argv.slice(0, end);
  return flags.includes('--debug') ? 'debug' : flags.includes('--info') ? 'info' : 'normal';
}

function readNamedFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw badProfile(
      `the file ${path} can't be read (${errorCode(error)})`,
      'name a file that exists and is yours to read',
    );
  }
}

/** Made when it is first asked for, and then kept. */
function once<T>(make: () => T): (() => T) & { made(): T | undefined } {
  let made: T | undefined;
  return Object.assign(() => (made ??= make()), { made: () => made });
}
