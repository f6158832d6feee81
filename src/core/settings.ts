import type { Origin } from './names';

/** `~/.tsawsume/config.yaml`, checked. Everything is optional; what is absent has no opinion. */
export interface Settings {
  readonly region?: string;
  /** Seconds. */
  readonly roleDuration?: number;
  readonly roleSessionName?: string;
  readonly mfaProcess?: string;
  readonly fuzzyMatch?: boolean;
  readonly colors?: boolean;
  readonly configFile?: string;
  readonly credentialsFile?: string;
  /** Where sessions are kept. */
  readonly store?: 'file' | 'keyring';
  /** The settings file, for messages. */
  readonly file?: string;
  /** The line of each key in it. */
  readonly lines?: Readonly<Record<string, number>>;
}

/** Where a setting stands. */
export function settingOrigin({ file, lines }: Settings, key: string): Origin | string {
  const line = lines !== undefined && Object.hasOwn(lines, key) ? lines[key] : undefined;
  return file === undefined ? 'config.yaml' : line === undefined ? file : { file, line };
}
