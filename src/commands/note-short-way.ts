import { decidingFacts } from '../core/facts';
import { decidingEnvironment, formatWay, wayName } from '../core/short-way';
import { FROM_IAM } from '../core/plan';
import type { Settings } from '../core/settings';
import type { World } from '../world';
import { OFFERED } from './offer-import';
import type { Become } from './session';
import { areSettled } from './settled';

/** Replaced by the build with package.json's version. */
declare const TSAWSUME_VERSION: string;

/**
 * After a run that found its session stored: remembers how, for `goShortWay`. Only where all that decided is known
 * to that, too: so not for the machine's own role, whose host is not looked at, nor for a name that stood for another,
 * nor with a device that IAM named.
 */
export function noteShortWay(world: World, word: string, became: Become): void {
  const { chain, request, plan, settings, taken } = became;
  const [only] = taken;
  const step = plan.steps.at(-1);
  if (step === undefined || step.kind === 'root' || only?.how !== 'stored' || only.step !== step) return;
  if (request.profile !== word) return;
  if ('by' in chain.start && chain.start.by === 'machine') return;
  if (settings.store === 'keyring') return;
  // What was stored without a device that IAM named would go first: that it is not there is more than can be looked at.
  if (plan.steps.some((known) => 'mfa' in known && known.mfa?.serial.from === FROM_IAM)) return;
  // A template's names of the user and the machine come from neither files nor the environment.
  if (settings.roleSessionName?.includes('{') === true) return;
  const facts = [...decidingFacts(chain, request), ...offer(world, settings)];
  const files = [...world.lookedAt(), ...facts.flatMap((fact) => world.factState(fact) ?? [])];
  if (!areSettled(files, world.startedAt)) return;
  const way = formatWay({
    version: TSAWSUME_VERSION,
    profile: request.profile,
    region: plan.region?.value,
    key: step.key,
    inputs: JSON.stringify(step.inputs),
    ofUser: step.kind === 'get-session-token',
    environment: decidingEnvironment(world.env),
    paths: files.map(({ path }) => path),
    stamps: files.map(({ stamp }) => stamp),
  });
  world.keep(wayName(word), way);
}

/** What awsume's users were told once is not told again. */
const offer = (world: World, settings: Settings): readonly string[] =>
  settings.file === undefined && world.awsumeSettings() !== undefined ? [OFFERED] : [];
