import type { Origin, Sourced } from './names';
import type { Problem, Section } from './section';

export type FileKind = 'config' | 'credentials';

/** One value of a profile, and which of the two files it stands in. */
export interface Setting<T = string> extends Sourced<T> {
  readonly key: string;
  readonly from: Origin;
  readonly file: FileKind;
}

/**
 * The settings of one profile (or of one `[sso-session x]`) out of both files: the credentials file wins per key (SDKREF; semantics 2), and an empty
 * value is no value. What is asked for is checked, and what fails the check is noted: a setting that nobody asks
 * for breaks nothing. No value ever gets into a problem, since any of them may be a secret in the wrong place.
 */
export class ProfileSettings {
  readonly problems: Problem[];
  /** The profile's header: the config file's where there is one. */
  readonly origin: Origin;

  constructor(
    private readonly sections: {
      readonly config?: Section | undefined;
      readonly credentials?: Section | undefined;
    },
  ) {
    const { config, credentials } = sections;
    this.problems = [...(config?.problems ?? []), ...(credentials?.problems ?? [])];
    this.origin = config?.origin ?? credentials?.origin ?? { file: '', line: 0 };
  }

  /** The value as it stands in one file. */
  in(file: FileKind, key: string): Setting | undefined {
    const property = this.sections[file]?.properties.get(key);
    return property === undefined || property.value === ''
      ? undefined
      : { key, value: property.value, from: property.origin, file };
  }

  find(key: string): Setting | undefined {
    return this.in('credentials', key) ?? this.in('config', key);
  }

  has(...keys: readonly string[]): boolean {
    return keys.some((key) => this.find(key) !== undefined);
  }

  adopt(problems: readonly Problem[]): void {
    for (const problem of problems) this.problems.push(problem);
  }

  complain(origin: Origin, message: string, hint: string): void {
    this.problems.push({ origin, message, hint });
  }

  /** A value of one line, whatever it is. */
  line(key: string): Setting | undefined {
    const isAnything = (value: string): value is string => !/[\0-\x1f\x7f]/.test(value);
    return this.checked(key, isAnything, 'write it on one line, without control characters');
  }

  /** @param good what the value must be; @param hint what to write instead. */
  checked<T extends string>(
    key: string,
    good: (value: string) => value is T,
    hint: string,
  ): Setting<T> | undefined {
    const setting = this.find(key);
    return setting && this.verified(setting, good, hint);
  }

  /** @see checked */
  verified<T extends string>(
    setting: Setting,
    good: (value: string) => value is T,
    hint: string,
  ): Setting<T> | undefined {
    const { key, value, from } = setting;
    if (good(value)) return { ...setting, value };
    this.complain(from, ...whyNot(key, value, hint));
    return undefined;
  }

  /** `true` or `false`, in any case. */
  boolean(key: string): Sourced<boolean> | undefined {
    const isBoolean = (value: string): value is string => /^(?:true|false)$/i.test(value);
    const setting = this.checked(key, isBoolean, `write ${key} = true or ${key} = false`);
    return setting && { value: setting.value.toLowerCase() === 'true', from: setting.from };
  }

  /** A whole number of seconds between 900 and `most`. */
  seconds(key: string, most: number): Sourced<number> | undefined {
    const isWithin = (value: string): value is string =>
      /^\d{1,9}$/.test(value) && Number(value) >= 900 && Number(value) <= most;
    const setting = this.checked(key, isWithin, `write a whole number of seconds from 900 to ${most}`);
    return setting && { value: Number(setting.value), from: setting.from };
  }
}

/** What is wrong with a value, and what to do: two mistakes are common enough to be named. */
function whyNot(key: string, value: string, hint: string): [message: string, hint: string] {
  if (value.includes('\n')) {
    return [`${key} goes on over the next line, which is indented`, 'start the next line at the margin'];
  }
  if (/^(["']).*\1$/.test(value)) {
    return [`the value of ${key} stands in quotes, which count as part of it`, 'remove the quotes'];
  }
  return [`the value of ${key} is not valid`, hint];
}

/** The bare value and its place, for what leaves the reading of profiles. */
export const sourced = <T>({ value, from }: Sourced<T>): Sourced<T> => ({ value, from });
