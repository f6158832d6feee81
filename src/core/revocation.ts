import type { CacheKey } from './names';
import type { StoredSession } from './ports';
import { isoMilliseconds } from './time';

/** IAM's console gives the policy this name, and so do we: a later revocation replaces an earlier one. */
export const REVOCATION_POLICY = 'AWSRevokeOlderSessions';

/**
 * The inline policy that ends a role's sessions which were issued before now.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_revoke-sessions.html
 * @param now milliseconds UTC.
 */
export const revocationPolicy = (now: number): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Deny',
        Action: ['*'],
        Resource: ['*'],
        Condition: { DateLessThan: { 'aws:TokenIssueTime': isoMilliseconds(now) } },
      },
    ],
  });

/** The stored sessions of a role, and those that they signed for, however long the chain. */
export function sessionsThrough(stored: readonly StoredSession[], roleArn: string): readonly CacheKey[] {
  const found = new Set<CacheKey>();
  for (let before = -1; before !== found.size;) {
    before = found.size;
    for (const { key, inputs } of stored) {
      const signer = inputs['signer'];
      if (inputs['roleArn'] === roleArn || [...found].some((other) => other === signer)) found.add(key);
    }
  }
  return [...found];
}
