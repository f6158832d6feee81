import { writeFileSync, chmodSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Home, run, PROGRAM, variables, type World } from './harness';
import { keysOf, openWorld, secretsOf } from './open-company';

/** One case of the resolver: the files, the profile, and who that is. */
export interface Case {
  /** What the rule says. */
  readonly rule: string;
  /** `$DEV`, `$ALICE`, `$BOT` stand for a user's keys as two lines; `$HOME` for the home. */
  readonly config?: string;
  readonly credentials?: string;
  /** Absent: `x`. `null`: none is named. */
  readonly profile?: string | null;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** The user whose own keys are given, without a call. */
  readonly is?: User;
  /** The same for keys that are nobody's. */
  readonly keyId?: string;
  /** The user that signed the first call, then the roles that were assumed, in order. */
  readonly signed?: readonly [User, ...string[]];
  /** The exit code, the line to blame (`config:3`), and words of the message. */
  readonly fails?: readonly [code: number, where: string | undefined, words: RegExp];
  /** Parameters of the last call. */
  readonly sends?: Readonly<Record<string, string | undefined>>;
  /** The region of the last call's signature. */
  readonly calledIn?: string;
  /** The region that is exported; null: none. */
  readonly region?: string | null;
}

type User = 'dev' | 'alice' | 'bot';

export const ROLE = 'role_arn = arn:aws:iam::111122223333:role/hop';
export const ROLE2 = 'role_arn = arn:aws:iam::111122223333:role/last';

/** Runs each case as a test of its own: a fresh HOME, `export NAME --format process`, the journal as the witness. */
export function resolverCases(cases: readonly Case[]): void {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());

  const filled = (text: string, home: string): string =>
    text
      .replaceAll('$DEV', keysOf(world, 'dev').trim())
      .replaceAll('$ALICE', keysOf(world, 'alice').trim())
      .replaceAll('$BOT', keysOf(world, 'bot').trim())
      .replaceAll('$HOME', home);

  it.each(cases.map((one) => [one.rule, one] as const))('%s', async (_, one) => {
    const home = new Home('', '');
    world.sandbox.journal.clear();
    try {
      home.write(filled(one.config ?? '', home.path), filled(one.credentials ?? '', home.path));
      const process = join(home.path, 'process.sh');
      const { accessKeyId, secretAccessKey } = world.sandbox.company.users.bot.key;
      const answer = { Version: 1, AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey };
      writeFileSync(process, `#!/bin/sh\necho '${JSON.stringify(answer)}'\n`);
      chmodSync(process, 0o755);
      const profile = one.profile === null ? [] : [one.profile ?? 'x'];
      const format = one.region === undefined ? 'process' : 'json';
      const env: Record<string, string> = {};
      for (const [name, value] of Object.entries(one.env ?? {})) env[name] = filled(value, home.path);
      const result = await run([...PROGRAM, 'export', ...profile, '--format', format, ...(one.args ?? [])], {
        env: { ...world.env, HOME: home.path, ...env },
      });
      judge(one, result, world);
    } finally {
      home.remove();
    }
  });
}

function judge(one: Case, { code, stdout, stderr }: Awaited<ReturnType<typeof run>>, world: World): void {
  for (const secret of secretsOf(world)) expect(stderr).not.toContain(secret);
  if (one.fails !== undefined) {
    const [exit, where, words] = one.fails;
    expect([code, stdout]).toEqual([exit, '']);
    expect(stderr).toMatch(/^tsawsume: [^\n]+\n[^\n]+\n$/);
    expect(stderr).toMatch(words);
    if (where !== undefined) expect(stderr.split('\n')[0]).toMatch(new RegExp(`/\\.aws/${where}\\b`));
    expect(world.calls).toEqual([]);
    return;
  }
  expect([code, stderr]).toEqual([0, '']);
  const { calls } = world.sandbox.journal;
  const printed = variables(stdout);
  const own = one.is === undefined ? one.keyId : world.sandbox.company.users[one.is].key.accessKeyId;
  if (own !== undefined) {
    expect(printed['AccessKeyId'] ?? printed['AWS_ACCESS_KEY_ID']).toBe(own);
    expect(calls).toEqual([]);
  }
  if (one.signed !== undefined) {
    const [user, ...roles] = one.signed;
    expect(calls[0]?.accessKeyId).toBe(world.sandbox.company.users[user].key.accessKeyId);
    expect(calls.map(({ params }) => params['RoleArn']?.replace(/.*:role\//, ''))).toEqual(roles);
  }
  const last = calls.at(-1);
  for (const [name, value] of Object.entries(one.sends ?? {})) expect(last?.params[name]).toBe(value);
  if (one.calledIn !== undefined) expect(last?.region).toBe(one.calledIn);
  if (one.region !== undefined) expect(printed['AWS_REGION'] ?? null).toBe(one.region);
}
