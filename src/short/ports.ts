import type { ShortWayPorts } from '../commands/short-way';
import { closeDiagnostics } from '../io/diagnostics';
import { stampOf } from '../io/file-state';
import { ownHomeOf } from '../io/own-home';
import { keptText, quickStore } from '../io/quick-store';
import { openOutput } from '../io/output';
import type { Environment, Output } from '../world';

/** Replaced by the build with package.json's version. */
declare const TSAWSUME_VERSION: string;

/**
 * What the short way needs, for a run that will hold secrets.
 * @returns undefined where nothing can be stored.
 */
export function openShortWay(
  env: Environment,
): (ShortWayPorts & { readonly out: Output; readonly folder: string }) | undefined {
  const home = ownHomeOf(env, process.platform);
  const now = Date.now();
  const store = home === undefined ? undefined : quickStore(home, now);
  if (home === undefined || store === undefined) return undefined;
  closeDiagnostics();
  return {
    env,
    version: TSAWSUME_VERSION,
    out: openOutput(),
    store,
    folder: store.folder,
    kept: (name) => keptText(home, name),
    stampOf,
    now: () => now,
  };
}
