import type { Origin } from './names';

/**
 * What the reader of AWS's ini dialect gives and the core takes: sections with every value's file and line.
 * Values are as they stand in the file, secrets included, so a `Section` never leaves the reading of profiles.
 */
export interface Property {
  readonly value: string;
  readonly origin: Origin;
  /** The indented `key = value` lines under it (`s3 =`, a service's settings): keys in lower case. */
  readonly nested: ReadonlyMap<string, Sub>;
}

export interface Sub {
  readonly value: string;
  readonly origin: Origin;
}

/** A line that means nothing where it stands: the profile it stands in can't be used, the others can. */
export interface Problem {
  readonly origin: Origin;
  /** What is wrong, in a few words, without the file and the line, and never with the line's own text. */
  readonly message: string;
  /** What to write instead. */
  readonly hint: string;
}

export interface Section {
  /** The first header of that name. */
  readonly origin: Origin;
  /** Keys in lower case; a later duplicate has won. */
  readonly properties: ReadonlyMap<string, Property>;
  readonly problems: readonly Problem[];
}

/** One file, read lazily: a section is parsed when it is asked for. */
export interface Sections {
  readonly file: string;
  /** The sections' names in the file's order, each once. */
  names(): readonly string[];
  has(name: string): boolean;
  get(name: string): Section | undefined;
}

/** The config file, by what its headers mean. */
export interface ConfigFile {
  /** Lines that belong to no section, such as a setting before the first header: they break no profile. */
  readonly problems: readonly Problem[];
  readonly profiles: Sections;
  readonly ssoSessions: Sections;
  readonly services: Sections;
  /** Headers that are no profile though they look meant as one: `[x]` in the config file. */
  readonly strays: ReadonlyMap<string, Origin>;
}

export interface CredentialsFile {
  readonly problems: readonly Problem[];
  readonly profiles: Sections;
  /** `[profile x]` in the credentials file. */
  readonly strays: ReadonlyMap<string, Origin>;
}
