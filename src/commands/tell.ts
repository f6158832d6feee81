import type { Obtained } from '../core/at-hand';
import type { Chain } from '../core/chain';
import type { Settings } from '../core/settings';
import { describeExpiry } from '../core/time';
import { quoted } from '../core/words';
import type { AwsFiles, World } from '../world';

/*
 * What `--info` and `--debug` tell. Redaction is by field: what is told is picked value by value from what is no
 * secret, and secrets are of a type that prints as `[secret]`.
 */

/** Which files were read. */
export function tellFiles({ people }: World, { paths }: AwsFiles, settings: Settings): void {
  const { config, credentials } = paths;
  people.info(`files: ${config ?? '(no HOME)'}, ${credentials ?? '(no HOME)'}`);
  people.info(`settings: ${settings.file ?? 'none'}`);
}

/** Which profiles lead to the identity. */
export function tellChain({ people }: World, chain: Chain): void {
  const { start, startProfile, roles } = chain;
  const first = 'by' in start && start.by === 'json' ? '--json' : quoted(startProfile.name);
  const rest = roles.filter((role) => role !== startProfile || first === '--json');
  people.info(`chain: ${[first, ...rest.map(({ name }) => quoted(name))].join(' → ')}`);
}

/** What was stored and what was fetched. */
export function tellTaken(world: World, { plan, taken }: Obtained): void {
  const { people } = world;
  for (const { step, session, how } of taken) {
    const { expiresAt } = session;
    const until =
      expiresAt === undefined
        ? 'does not expire'
        : `until ${describeExpiry(expiresAt, world.now(), world.aheadOfUtc(expiresAt))}`;
    if (step.kind === 'root') people.info(`keys ${session.accessKeyId}: ${step.because}`);
    else people.info(`${step.kind} of ${quoted(step.profile)}: ${how}, ${until}, ${session.accessKeyId}`);
  }
  people.info(`region: ${plan.region?.value ?? 'your own stays'}`);
}
