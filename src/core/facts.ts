import type { Chain } from './chain';
import type { Account } from './account';
import { canonical } from './fingerprint';
import type { SessionStore } from './ports';
import type { Request } from './request';
import { isMfaSerial, type MfaSerial } from './names';
import { rootInputs } from './root';

/*
 * What a run learns that no file says, kept beside the sessions: `--refresh` asks AWS again, `logout` forgets it all.
 */

const longest = (roleArn: string): string => `longest ${roleArn}`;

/** The longest session that a role may give, in seconds, after it refused a longer one. */
export function recallLongest(store: SessionStore, roleArn: string): number | undefined {
  const seconds = store.recall(longest(roleArn))?.['seconds'];
  return typeof seconds === 'number' ? seconds : undefined;
}

export const rememberLongest = (store: SessionStore, roleArn: string, seconds: number): void =>
  store.remember(longest(roleArn), { seconds });

/** Which account an access key belongs to. It never changes, so `--refresh` does not ask again. */
export function recallAccount(store: SessionStore, accessKeyId: string): Account | undefined {
  const fact = store.recall(`account ${accessKeyId}`);
  const [account, partition] = [fact?.['account'], fact?.['partition']];
  return typeof account === 'string' && typeof partition === 'string' ? { account, partition } : undefined;
}

export const rememberAccount = (
  store: SessionStore,
  accessKeyId: string,
  { account, partition }: Account,
): void => store.remember(`account ${accessKeyId}`, { account, partition });

/** A chain that begins with a process: no file tells whether the keys it gives are temporary. */
export const recallTemporary = (store: SessionStore, chain: Chain, request: Request): boolean =>
  startFact(chain, request).some((fact) => store.recall(fact) !== undefined);

export function rememberTemporary(store: SessionStore, chain: Chain, request: Request): void {
  for (const fact of startFact(chain, request)) store.remember(fact, { temporary: true });
}

/**
 * The facts that a plan which asks for no code is made of: of the start, and of the longest session of each role that
 * is asked for one of a length.
 */
export const decidingFacts = (chain: Chain, request: Request): readonly string[] => [
  ...chain.roles
    .filter(({ durationSeconds }) => (durationSeconds ?? request.settingsDuration) !== undefined)
    .map(({ roleArn }) => longest(roleArn.value)),
  ...startFact(chain, request),
];

/** The device that IAM named for a role which took its code, where no profile names one. */
export function recallDevice(store: SessionStore, chain: Chain, request: Request): MfaSerial | undefined {
  const serial = store.recall(deviceFact(chain, request))?.['serial'];
  return typeof serial === 'string' && isMfaSerial(serial) ? serial : undefined;
}

export const rememberDevice = (
  store: SessionStore,
  chain: Chain,
  request: Request,
  serial: MfaSerial,
): void => store.remember(deviceFact(chain, request), { serial });

function deviceFact({ start, roles }: Chain, request: Request): string {
  const user = 'by' in start ? rootInputs(start, request).after : null;
  return `device ${canonical({ user, role: roles[0]?.roleArn.value ?? null })}`;
}

function startFact(chain: Chain, request: Request): readonly string[] {
  if (!('by' in chain.start) || chain.start.by !== 'process') return [];
  return [`temporary ${canonical({ start: rootInputs(chain.start, request).after })}`];
}
