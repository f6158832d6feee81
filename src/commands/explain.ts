import { explainJson, explainText, type Stored } from '../core/explain';
import { makePlan } from '../core/make-plan';
import { knowledgeOf } from '../core/at-hand';
import type { SessionFlags } from '../core/request';
import type { World } from '../world';
import { answer } from './answer';
import { prepare } from './session';

/** `tsawsume explain PROFILE` and `--dry-run`: the plan, and what of it is stored; asks nobody and changes nothing. */
export async function explain(
  world: World,
  named: string | undefined,
  flags: SessionFlags,
  form: { readonly json: boolean },
): Promise<void> {
  const { files, request, chain } = await prepare(world, named, flags);
  const store = await world.store();
  const plan = makePlan(files.profiles, chain, request, knowledgeOf(chain, request, store));
  const stored: Stored[] = plan.steps.map((step) => {
    const entry = step.kind === 'root' ? undefined : store.read(step.key, step.inputs);
    return entry?.session.expiresAt;
  });
  const view = {
    plan,
    stored,
    now: world.now(),
    refresh: request.refresh,
    minTtlSeconds: request.minTtlSeconds,
  };
  answer(world, form.json ? `${JSON.stringify(explainJson(view), undefined, 2)}\n` : explainText(view));
}
