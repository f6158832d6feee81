import { describeOrigin, type Sourced } from './names';
import { lifetimeSeconds, type FetchedStep, type Plan, type RootStep, type Step } from './plan';
import { printable } from './printable';
import { describeExpiry, describeSeconds, isoSeconds } from './time';

/** When the stored session of a step ends, milliseconds UTC; undefined: nothing is stored. */
export type Stored = number | undefined;

export interface View {
  readonly plan: Plan;
  /** One entry a step. */
  readonly stored: readonly Stored[];
  readonly now: number;
  readonly refresh: boolean;
  readonly minTtlSeconds: number;
}

type Verdict = 'stored' | 'fetch' | 'not needed' | 'taken up';

/** What a run would do with each step now: the last fresh session ends it, only what follows is fetched. */
function verdicts({ plan, stored, now, refresh, minTtlSeconds }: View): readonly Verdict[] {
  const last = plan.steps.length - 1;
  const isFresh = (index: number): boolean => {
    const margin = index === last ? minTtlSeconds : Math.min(minTtlSeconds, 300);
    return !refresh && (stored[index] ?? 0) > now + margin * 1000;
  };
  const from = plan.steps.findLastIndex((_, index) => isFresh(index));
  return plan.steps.map((step, index) => {
    if (index < from) return 'not needed';
    if (index === from) return 'stored';
    return step.kind === 'root' ? 'taken up' : 'fetch';
  });
}

/** The plan for people: each step, its values with their file:line, its reason, and what would happen now. */
export function explainText(view: View): string {
  const { plan, now } = view;
  const verdict = verdicts(view);
  const lines: string[] = [plan.profile];
  plan.steps.forEach((step, index) => {
    const until = view.stored[index];
    lines.push(`${String(index + 1)}. ${title(step)}`);
    for (const [name, value] of valuesOf(step)) lines.push(`     ${name.padEnd(13)} ${shown(value)}`);
    lines.push(`     ${'because'.padEnd(13)} ${step.because}`);
    if (step.kind !== 'root') {
      lines.push(
        `     ${'stored'.padEnd(13)} ${until === undefined ? 'no' : `until ${describeExpiry(until, now)}`}`,
      );
    }
    lines.push(`     ${'now'.padEnd(13)} ${consequence(step, verdict[index] ?? 'fetch')}`);
  });
  lines.push(`region: ${plan.region === undefined ? 'none is named, your own stays' : shown(plan.region)}`);
  for (const note of plan.notes) lines.push(`note: ${note}`);
  return `${lines.map((line) => printable(line)).join('\n')}\n`;
}

function consequence(step: Step, verdict: Verdict): string {
  if (verdict === 'stored') return 'is used as it is stored';
  if (verdict === 'not needed') return 'is not needed: a later session is stored';
  if (verdict === 'taken up')
    return step.kind === 'root' && step.root.by === 'process' ? 'is run' : 'are taken up';
  const mfa = step.kind === 'web-identity' || step.kind === 'root' ? undefined : step.mfa;
  return mfa === undefined ? 'one call to STS' : 'one call to STS, with an MFA code';
}

function title(step: Step): string {
  switch (step.kind) {
    case 'root':
      return rootTitle(step);
    case 'get-session-token':
      return `GetSessionToken for the user of profile "${step.profile}"`;
    case 'assume-role':
      return `AssumeRole for profile "${step.profile}"`;
    case 'web-identity':
      return `AssumeRoleWithWebIdentity for profile "${step.profile}"`;
  }
}

function rootTitle({ root }: RootStep): string {
  switch (root.by) {
    case 'json':
      return 'the keys of --json';
    case 'keys':
      return `the keys of profile "${root.profile}"`;
    case 'process':
      return `the credential_process of profile "${root.profile}"`;
    case 'machine':
      return `the keys of ${root.source.value}, for profile "${root.profile}"`;
  }
}

type Value = Sourced<string | number>;

/** The values of a step that came from somewhere, under AWS's names for them. */
function valuesOf(step: Step): readonly (readonly [string, Value])[] {
  const some: (readonly [string, Value | undefined])[] = [];
  if (step.kind === 'root') {
    const { root } = step;
    if (root.by === 'keys' || root.by === 'json') some.push(['access key', root.accessKeyId]);
    if (root.by === 'process') some.push(['command', root.command]);
    if (root.by === 'machine') some.push(['source', root.source]);
  } else {
    if (step.kind !== 'get-session-token')
      some.push(['role', step.roleArn], ['session name', step.sessionName]);
    if (step.kind === 'assume-role') some.push(['external id', step.externalId]);
    if (step.kind === 'web-identity') some.push(['token file', step.tokenFile]);
    else some.push(['MFA device', step.mfa?.serial], ['MFA process', step.mfa?.process]);
    some.push(
      ['duration', durationOf(step)],
      ['STS region', step.target.region],
      ['endpoint', step.target.endpoint],
    );
  }
  return some.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
}

const durationOf = (step: FetchedStep): Value => ({
  value: describeSeconds(lifetimeSeconds(step)),
  from: step.duration?.from ?? "AWS's default",
});

const shown = ({ value, from }: Value): string => `${String(value)}  (${describeOrigin(from)})`;

/** The plan for programs: every step whole, with its cache key, and what would happen now. */
export function explainJson(view: View): object {
  const verdict = verdicts(view);
  const { plan } = view;
  return {
    profile: plan.profile,
    region: plan.region ?? null,
    steps: plan.steps.map((step, index) => {
      const until = view.stored[index];
      return { ...step, storedUntil: until === undefined ? null : isoSeconds(until), now: verdict[index] };
    }),
    notes: plan.notes,
  };
}
