import { decidingFacts } from '../core/facts';
import { decidingEnvironment, rememberWay } from '../core/short-way';
import { FROM_IAM } from '../core/plan';
import type { Settings } from '../core/settings';
import { isBourne } from '../shells/bourne';
import type { World } from '../world';
import { OFFERED } from './offer-import';
import type { Become } from './session';

/** Replaced by the build with package.json's version. */
declare const TSAWSUME_VERSION: string;

/** Milliseconds. A file that was changed so short a time ago may change again within the same tick of its clock. */
const SETTLED = 2_000;

/** A session name with these comes from neither files nor the environment: the user's and the machine's names. */
const TEMPLATE = '{';

/**
 * After a run that found its session stored: remembers how, for `takeShortWay`. Only where all that decided is known
 * to that, too: so not for the machine's own role, whose host is not looked at, nor for a name that stood for another,
 * nor with a device that IAM named.
 */
export async function noteShortWay(world: World, word: string, became: Become): Promise<void> {
  const { chain, request, plan, settings, taken } = became;
  const shell = world.env['TSAWSUME_SHELL'] ?? '';
  const [only] = taken;
  const step = plan.steps.at(-1);
  if (step === undefined || step.kind === 'root' || only?.how !== 'stored' || only.step !== step) return;
  if ((shell !== '' && !isBourne(shell)) || request.profile !== word) return;
  if ('by' in chain.start && chain.start.by === 'machine') return;
  if (settings.store === 'keyring' || settings.roleSessionName?.includes(TEMPLATE) === true) return;
  // What was stored without it would go before it: that it is not there is more than can be looked at.
  if (plan.steps.some((known) => 'mfa' in known && known.mfa?.serial.from === FROM_IAM)) return;
  const facts = [...decidingFacts(chain, request), ...offer(world, settings)];
  const files = [...world.lookedAt(), ...facts.flatMap((fact) => world.factState(fact) ?? [])];
  // By the time of the start: what has changed since may not be what was read.
  const settled = world.startedAt - SETTLED;
  if (files.some(({ changedAt }) => changedAt !== undefined && changedAt > settled)) return;
  rememberWay(await world.store(), {
    version: TSAWSUME_VERSION,
    profile: request.profile,
    region: plan.region?.value,
    key: step.key,
    inputs: JSON.stringify(step.inputs),
    ofUser: step.kind === 'get-session-token',
    minTtlSeconds: request.minTtlSeconds,
    environment: decidingEnvironment(world.env),
    paths: files.map(({ path }) => path),
    stamps: files.map(({ stamp }) => stamp),
  });
}

/** What awsume's users were told once is not told again. */
const offer = (world: World, settings: Settings): readonly string[] =>
  settings.file === undefined && world.awsumeSettings() !== undefined ? [OFFERED] : [];
