import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Settings } from '../core/settings';
import { badProfile, TsawsumeError } from '../errors';
import type { Environment, FileState, World } from '../world';
import { awsFilePaths, readAwsFiles } from './aws-files';
import { childEnvironment, processEnvironment } from './child-environment';
import { errorCode } from './error-code';
import { isThere, stateOfPath } from './file-state';
import { hostName } from './host-name';
import { homeOf, ownHomeOf } from './own-home';
import { noteUse } from './note-use';
import { isTerminal, openOutput } from './output';
import { loadPalette, openPeople, wantsColors, type Level } from './people';
import { ownProgram, programFor } from './program';
import { writePrivateFile } from './private-file';
import { soundFolder } from './quick-store';
import { terminalIsThere } from './terminal-there';
import { openStore } from './session-store';
import { believedOf, factName } from './stored-entry';
import { usedLast } from './used-profiles';
import { aheadIfSlow } from './zone';

/**
 * The machine as the program sees it. Everything heavy is imported here, and only when somebody asks for it: this is
 * the one place of a lazy `import()` of our own io.
 * @param argv looked at for how much is to be told on stderr, which must be known before it is parsed.
 */
export function createWorld(argv: readonly string[]): World & { close(): Promise<void> } {
  const env: Environment = { ...process.env };
  const { platform } = process;
  const home = homeOf(env, platform);
  const ownHome = ownHomeOf(env, platform);
  const settingsPath = ownHome === undefined ? undefined : join(ownHome, 'config.yaml');
  const people = openPeople({ level: levelOf(argv) });
  const now = (): number => Date.now();
  const startedAt = now();
  const sleep = (milliseconds: number): Promise<void> =>
    new Promise((done) => setTimeout(done, milliseconds));
  const leisure: (() => void)[] = [];
  const whileWaiting = (work: () => void): void => void leisure.push(work);
  const tidily = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      people.debug(`not done while waiting: ${errorCode(error) || String(error)}`);
    }
  };
  const caller = once(async () => {
    const { openAwsCaller } = await import('./aws-caller');
    return openAwsCaller({
      env,
      sleep,
      say: (line) => people.warn(line),
      info: (line) => people.info(line),
      debug: (line) => people.debug(line),
      waiting: () => leisure.splice(0).forEach(tidily),
      whileWaiting,
    });
  });
  const looked = new Map<string, FileState>();
  const look = (state: FileState): FileState => {
    // The first look counts: what came after it is a change.
    if (!looked.has(state.path)) looked.set(state.path, state);
    return state;
  };
  const sts = once(async () => {
    const { openSts } = await import('./sts');
    return openSts(await caller());
  });
  const locks = once(async () => {
    const { openLocks } = await import('./lock');
    return openLocks({ home: ownHome, now });
  });
  const quietStore = once(() => openStore({ home: ownHome, now, warn: () => undefined }));
  const settings = once(async (): Promise<Settings> => {
    // Most people have none, and then not even the reader's file is read.
    if (settingsPath === undefined || !isThere(look(stateOfPath(settingsPath)))) return {};
    const { readSettings } = await import('./settings-file');
    // Quietly: that nothing can be kept is for who stores sessions to tell.
    return readSettings(settingsPath, quietStore(), now);
  });
  return {
    words: argv,
    env,
    home,
    platform,
    hostname: hostName,
    userName: () => userName(env),
    now,
    startedAt,
    aheadOfUtc: (at) => aheadIfSlow(at, env['TZ']),
    sleep,
    out: openOutput(),
    people,
    awsFiles: (paths) => readAwsFiles(paths, env, home, look),
    managedProfiles: async (paths) => {
      const { openManagedProfiles } = await import('./managed-profiles');
      return openManagedProfiles(awsFilePaths(paths, env, home), { locks: await locks(), now, sleep });
    },
    settings,
    settingsFile: async (path = settingsPath) => {
      const { openSettingsFile } = await import('./settings-file');
      return openSettingsFile(path ?? noHome());
    },
    setAsideBadSettings: async () => {
      const { openSettingsFile, setAside } = await import('./settings-file');
      const path = settingsPath ?? noHome();
      try {
        await openSettingsFile(path);
        return undefined;
      } catch (error) {
        if (error instanceof TsawsumeError && error.kind === 'profile') return setAside(path);
        throw error;
      }
    },
    awsumeSettings: () => {
      const path = awsumeSettings(env, home);
      return path !== undefined && isThere(look(stateOfPath(path))) ? path : undefined;
    },
    fileState: stateOfPath,
    lookedAt: () => [...looked.values()],
    keep: (name, text) => quietStore().keep(name, text),
    believed: (key) => {
      const entry = quietStore().entry(key);
      return entry && believedOf(entry);
    },
    noteUse: (profile) => {
      const folder = soundFolder(ownHome);
      if (folder !== undefined) noteUse(folder, profile, now());
    },
    usedLast: () => {
      const folder = soundFolder(ownHome);
      return folder === undefined ? [] : usedLast(folder);
    },
    factState: (fact) =>
      ownHome === undefined ? undefined : stateOfPath(`${ownHome}/cache/${factName(fact)}`),
    palette: (setting) => loadPalette(wantsColors(isTerminal(1), env, setting)),
    store: once(async () => {
      const file = openStore({ home: ownHome, now, warn: (line) => people.warn(line) });
      // Bad settings are told by who needs them: `logout` works without.
      const { store } = await settings().catch((): Settings => ({}));
      if (store !== 'keyring' || ownHome === undefined) return file;
      const { keyringStore } = await import('./keyring-store');
      return keyringStore(file, { home: ownHome, env, now, warn: (line) => people.warn(line) });
    }),
    locks,
    whileWaiting,
    sts,
    iam: once(async () => {
      const { openIam } = await import('./iam');
      return openIam(await caller());
    }),
    signin: async () => {
      const { openSignin } = await import('./signin');
      return openSignin(env);
    },
    confirm: async (question) => {
      const { confirm } = await import('./prompt');
      return confirm(question, { platform, env });
    },
    openBrowser: async (url) => {
      const { openBrowser } = await import('./browser');
      return openBrowser(url, { env, platform });
    },
    hasTerminal: once(() => terminalIsThere(platform)),
    prompt: async () => {
      const { openPrompt } = await import('./prompt');
      return openPrompt({ platform, env });
    },
    picker: async (colors) => {
      const { openPicker } = await import('./picker');
      return openPicker({ platform, env }, await loadPalette(wantsColors(true, env, colors)));
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
    accessTo: async (path) => {
      const { accessTo } = await import('./access');
      return accessTo(path);
    },
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
      await caller
        .made()
        ?.then((opened) => opened.close())
        .catch(() => undefined);
    },
  };
}

function noHome(): never {
  throw badProfile('there is no place for settings: HOME is not set', 'set HOME or TSAWSUME_HOME');
}

/** awsume looks below XDG_CONFIG_HOME where that is set, and then nowhere else. */
function awsumeSettings(env: Environment, home: string | undefined): string | undefined {
  const xdg = env['XDG_CONFIG_HOME'];
  const folder = xdg ? join(xdg, 'awsume') : home === undefined ? undefined : join(home, '.awsume');
  return folder === undefined ? undefined : join(folder, 'config.yaml');
}

/** What the person is logged in as; a uid without an entry in the system's list has only its number. */
function userName(env: Environment): string {
  const named = env['USER'] || env['LOGNAME'] || env['USERNAME'];
  if (named) return named;
  try {
    return process.getBuiltinModule('node:os').userInfo().username;
  } catch {
    return `uid-${String(process.getuid?.() ?? 'unknown')}`;
  }
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
