import type { Environment } from '../world';

/** Milliseconds; an opener that still runs then is believed. */
const LONGEST_MS = 1_500;

/**
 * Opens a link where a person will see it; false where that can't be: over SSH the browser is elsewhere, and on Linux
 * it needs a display.
 */
export async function openBrowser(
  url: string,
  { env, platform }: { readonly env: Environment; readonly platform: NodeJS.Platform },
): Promise<boolean> {
  const has = (name: string): boolean => (env[name] ?? '') !== '';
  if (has('SSH_CONNECTION') || has('SSH_TTY')) return false;
  const windowed = platform === 'darwin' || platform === 'win32';
  if (!windowed && !has('DISPLAY') && !has('WAYLAND_DISPLAY') && !has('WSL_DISTRO_NAME')) return false;
  try {
    const { default: open } = await import('open');
    const child = await open(url);
    return await new Promise((resolve) => {
      // It is let go of by `open`, and we would end before it has said anything.
      const timer = setTimeout(() => done(true), LONGEST_MS);
      const done = (opened: boolean): void => {
        clearTimeout(timer);
        resolve(opened);
      };
      child.once('error', () => done(false));
      // The opener ends when the browser has the link; one that goes on running is the browser itself.
      child.once('exit', (code) => done(code === 0));
      if (child.exitCode !== null) done(child.exitCode === 0);
    });
  } catch {
    return false;
  }
}
