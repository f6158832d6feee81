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
  /** The settings file, for messages. */
  readonly file?: string;
}
