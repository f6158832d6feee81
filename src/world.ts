import type { Believed } from './core/believed';
import type { ChoiceLine } from './core/choice-lines';
import type { CredentialSource, Profiles } from './core/profile';
import type { AwsFile, ManagedSection, SectionValues } from './core/managed';
import type { Palette } from './core/palette';
import type { CacheKey, ProfileName } from './core/names';
import type { Iam, Locks, MfaPrompt, SessionStore, Signin, Sts } from './core/ports';
import type { Session } from './core/session';
import type { SettingEntry } from './core/setting-keys';
import type { Settings } from './core/settings';

/** A file as it was when it was read. */
export interface FileState {
  readonly path: string;
  /** What tells one state of it from another; empty: there is none. */
  readonly stamp: string;
  /**
   * From when on another change is sure to change the stamp, milliseconds since the epoch; undefined: there is nothing
   * that could change unseen.
   */
  readonly settledAt?: number;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Both AWS files, read once. */
export interface AwsFiles {
  /** Where they are, whether or not they exist; undefined: there is no HOME. */
  readonly paths: { readonly config: string | undefined; readonly credentials: string | undefined };
  readonly profiles: Profiles;
  /** The static keys behind a profile of kind `keys`. */
  keysOf(name: ProfileName): Session | undefined;
}

/** stdout belongs to the machine: code to eval, data, nothing else. */
export interface Output {
  readonly isTerminal: boolean;
  /** Characters to a line, at a terminal. */
  readonly columns: number | undefined;
  /** Writes all of it; throws `refused` when stdout is closed or full, so that half an answer is never a success. */
  write(text: string): void;
}

/** stderr belongs to people. What is told is made harmless: no control characters from outside reach a terminal. */
export interface People {
  readonly isTerminal: boolean;
  /** One line. */
  say(line: string): void;
  /** A line that something is not as it should be, though the run goes on. */
  warn(line: string): void;
  /** How far a run is: replaces the line of before, at a terminal only; an empty one takes it away. */
  progress(line: string): void;
  /** Only with `--info`. */
  info(line: string): void;
  /** Only with `--debug`. */
  debug(line: string): void;
}

/** The sections of AWS's two files that tsawsume wrote, by their mark `manager = tsawsume`; no other is ever changed. */
export interface ManagedProfiles {
  /** Those that the file holds. */
  names(file: AwsFile): readonly string[];
  /** Throws `profile`, with file:line, when somebody else's profile in either file has that name. */
  check(file: AwsFile, name: string): void;
  /** Makes that section say so, in one step, every other byte of the file as it was. Throws as `check`, and `refused`. */
  put(file: AwsFile, name: string, values: SectionValues): Promise<void>;
  /** Removes those of ours that `which` takes, and gives them. */
  remove(file: AwsFile, which: (section: ManagedSection) => boolean): Promise<readonly ManagedSection[]>;
}

/** Where AWS's two files are, over what the environment says. */
export interface GivenPaths {
  readonly config: string | undefined;
  readonly credentials: string | undefined;
}

/** The settings file, to look at and to edit line by line. */
export interface SettingsFile {
  readonly path: string;
  entries(): readonly SettingEntry[];
  set(key: string, value: unknown): void;
  remove(key: string): void;
  /** If it was changed: whole or not at all, 0600. */
  save(): void;
}

/** An AWS in miniature with a HOME that belongs to it, both gone when what runs in it has ended. */
export interface Sandbox {
  /** The code that the developer's MFA device shows, and until when, milliseconds UTC; undefined: all are spent. */
  code(): { readonly code: string | undefined; readonly until: number };
  /** Runs a command in it; its exit code, 128 + n for a signal, 127 not found, 126 not executable. */
  run(command: string, args: readonly string[]): Promise<number>;
  /** The person's own shell, hooked up; its exit code. */
  shell(): Promise<number>;
}

export interface SandboxPort {
  /** Whether a person could use a shell here: our three streams are a terminal. */
  readonly interactive: boolean;
  /** Starts one. Throws `refused` where there can't be one. */
  open(): Promise<Sandbox>;
}

/** Lets a person pick a profile from a list, at the terminal itself. */
export interface ProfilePicker {
  /**
   * @param lines the list for what was typed, no line wider than so many columns.
   * Throws `cancelled` on Ctrl-C.
   */
  pick(lines: (typed: string, columns: number) => readonly ChoiceLine[]): Promise<string>;
}

/** Who may read a file: its owner alone, who is us; others, too; or there is none that we can see. */
export type Access = 'private' | 'others' | 'none';

/** Everything outside the program. Made once, by `io/world`; the tests of commands make their own. */
export interface World {
  /** The command line, without what started us. */
  readonly words: readonly string[];
  readonly env: Environment;
  /** HOME, or undefined where there is none. */
  readonly home: string | undefined;
  readonly platform: NodeJS.Platform;
  /** This machine's name: what its own role is told from another machine's by. */
  hostname(): string;
  /** Who runs us, by the name the system knows; `uid-N` where it knows none. */
  userName(): string;
  /** Milliseconds since the epoch, UTC. */
  now(): number;
  /** What it was before anything was looked at. */
  readonly startedAt: number;
  /** Milliseconds that the local time is ahead of UTC at a moment; undefined: `Date` is as quick to know. */
  aheadOfUtc(at: number): number | undefined;
  sleep(milliseconds: number): Promise<void>;
  readonly out: Output;
  readonly people: People;

  /** @param config, credentials paths that win over the environment's. */
  awsFiles(paths: GivenPaths): AwsFiles;
  /** @param paths as for `awsFiles`. */
  managedProfiles(paths: GivenPaths): Promise<ManagedProfiles>;
  settings(): Promise<Settings>;
  /** The colours for stdout: none where it is no terminal, or the environment or the setting says no. */
  palette(setting: boolean | undefined): Promise<Palette>;
  /** @param path another file than our own. Throws `profile` for one that is no YAML. */
  settingsFile(path?: string): Promise<SettingsFile>;
  /** Begins the settings anew where they are no YAML, and gives where the old ones are kept; undefined: they are well. */
  setAsideBadSettings(): Promise<string | undefined>;
  /** Where awsume's own settings lie, if it has any. */
  awsumeSettings(): string | undefined;
  /** A file as it is now. */
  fileState(path: string): FileState;
  /** AWS's two files and both settings', as far as they were looked at in this run, each as it was then. */
  lookedAt(): readonly FileState[];
  /** Keeps a text beside the sessions, by its file's name; where it can't be kept, nobody is told. */
  keep(name: string, text: string): void;
  /** Puts a profile in front of those that were used last; where that can't be kept, nobody is told. */
  noteUse(profile: string): void;
  /** The profiles that shells became, the latest first; some may be gone from the files since. */
  usedLast(): readonly string[];
  /** Where a fact of the store is kept, as it is now; undefined: there is no home. */
  factState(fact: string): FileState | undefined;
  /** When the session under a key of the files can be alive; undefined where none is, or never. */
  believed(key: CacheKey): Believed | undefined;
  /** Where the settings say that sessions are kept. */
  store(): Promise<SessionStore>;
  locks(): Promise<Locks>;
  /**
   * Does it, once, as soon as an answer of AWS is waited for: never in a run that asks nothing. For what nobody would miss:
   * only `--debug` tells that it failed.
   */
  whileWaiting(work: () => void): void;
  /** Loads the SDK. */
  sts(): Promise<Sts>;
  /** Loads IAM's client. */
  iam(): Promise<Iam>;
  signin(): Promise<Signin>;
  /** Whether there is a terminal to ask a person at, whatever stdin and stdout are. */
  hasTerminal(): boolean;
  /** Loads the prompt. */
  prompt(): Promise<MfaPrompt>;
  /** Loads the list to pick from. @param colors what the settings say of colours. */
  picker(colors: boolean | undefined): Promise<ProfilePicker>;
  /** Asks a person at the terminal yes or no; no is what Enter means. Throws `needs-person` where there is none. */
  confirm(question: string): Promise<boolean>;
  /** Opens a link in the person's browser; false where there is none to be seen (no display, a remote shell). */
  openBrowser(url: string): Promise<boolean>;
  /** Runs a `credential_process` as the AWS CLI does, and gives what it printed. */
  credentialProcess(command: string): Promise<Session>;
  /** Runs a command that prints an MFA code, on the terminal where there is one; gives its output, trimmed. */
  mfaProcess(command: string): Promise<string>;
  /** The keys of the environment, of the container, of the instance. */
  machineCredentials(source: CredentialSource): Promise<Session>;
  /** A file that the user named; throws `profile` when it can't be read. */
  readText(path: string): string;
  accessTo(path: string): Promise<Access>;
  /** Writes a file whole or not at all, 0600. */
  writePrivate(path: string, text: string): void;
  readStdin(): Promise<string>;
  /** The words that a shell of this environment can start us by. */
  program(): readonly string[];
  /** The words that start this very program from anywhere, whatever PATH says: absolute paths. */
  programAnywhere(): readonly string[];
  /** A path that means the same in every folder. */
  absolutePath(path: string): string;
  /** Runs a command as a child on our own streams; its exit code, 128 + n for a signal. */
  exec(command: string, args: readonly string[], env: Environment): Promise<number>;
  /** Loads the AWS in miniature. */
  sandbox(): Promise<SandboxPort>;
}
