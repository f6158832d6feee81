import { decidingFacts } from '../core/facts';
import { FROM_IAM } from '../core/plan';
import { printable } from '../core/printable';
import type { Settings } from '../core/settings';
import {
  around,
  formatWay,
  wayName,
  writingEnvironment,
  ZONE_FILE,
  type Line,
  type Told,
} from '../core/short-way';
import { useName } from '../core/use-name';
import type { FileState, World } from '../world';
import { expiryLineUntil } from './expiry-line';
import { OFFERED } from './offer-import';
import type { Become } from './session';
import { areSettled } from './settled';

/** Replaced by the build: package.json's version, and a hash of all sources. */
declare const TSAWSUME_SOURCES: string;

/** What a line did that may be noted: one whose words ask for a profile's session, and for nothing else. */
export interface Done {
  /** The profile, as it was typed. */
  readonly named: string;
  /** What went to stdout. */
  readonly text: string;
  /** A shell has become somebody: a terminal is not shown how, and a person is told until when. */
  readonly became: boolean;
}

/**
 * After a run that found its session stored: remembers what it wrote, for src/short/way.ts. Only where all that decided
 * is known to that, too: so not for the machine's own role, whose host is not looked at, nor for a name that stood for
 * another, nor with a device that IAM named.
 */
export function noteShortWay(
  world: World,
  done: Done,
  { chain, request, plan, settings, taken }: Become,
): void {
  const [only] = taken;
  const step = plan.steps.at(-1);
  if (step === undefined || step.kind === 'root' || only?.how !== 'stored' || only.step !== step) return;
  if (request.profile !== done.named) return;
  if ('by' in chain.start && chain.start.by === 'machine') return;
  if (settings.store === 'keyring') return;
  // What was stored without a device that IAM named would go first: that it is not there is more than can be looked at.
  if (plan.steps.some((known) => 'mfa' in known && known.mfa?.serial.from === FROM_IAM)) return;
  // A template's names of the user and the machine come from neither files nor the environment.
  if (settings.roleSessionName?.includes('{') === true) return;
  // Where Windows' clock stands no file tells.
  if (done.became && world.platform === 'win32') return;
  const line: Line = [world.env['TSAWSUME_SHELL'] ?? '', ...world.words];
  const { accessKeyId, secretAccessKey, sessionToken, expiresAt } = only.session;
  const name = wayName(line);
  const text = around(done.text, secretAccessKey.reveal(), sessionToken?.reveal() ?? '');
  const believed = world.believed(step.key);
  if (name === undefined || text === undefined || believed === undefined || expiresAt === undefined) return;
  const files = filesOf(world, decidingFacts(chain, request), settings);
  if (!areSettled(files, world.startedAt)) return;
  const told: Told = {
    line: printable(expiryLineUntil(step.kind === 'get-session-token', request.profile, expiresAt, world)),
    expiresAt,
    used: useName(request.profile),
  };
  const way = formatWay({
    version: TSAWSUME_SOURCES,
    line,
    key: step.key,
    accessKeyId,
    believed: { ...believed, until: believed.until - request.minTtlSeconds * 1000 },
    text,
    hidden: done.became && line[0] === '',
    told: done.became ? told : null,
    environment: writingEnvironment(world.env),
    paths: files.map(({ path }) => path),
    stamps: files.map(({ stamp }) => stamp),
  });
  world.keep(name, way);
}

/** All that were looked at, and those that say what a run has learned and where a person's clock stands. */
function filesOf(world: World, deciding: readonly string[], settings: Settings): readonly FileState[] {
  const facts = [...deciding, ...offer(world, settings)];
  return [
    ...world.lookedAt(),
    ...facts.flatMap((fact) => world.factState(fact) ?? []),
    world.fileState(ZONE_FILE),
  ];
}

/** What awsume's users were told once is not told again. */
const offer = (world: World, settings: Settings): readonly string[] =>
  settings.file === undefined && world.awsumeSettings() !== undefined ? [OFFERED] : [];
