import { environmentFindings, profileFindings, type Finding } from '../core/findings';
import type { Palette } from '../core/palette';
import { printable } from '../core/printable';
import type { Settings } from '../core/settings';
import { TsawsumeError } from '../errors';
import type { AwsFiles, World } from '../world';
import { answer } from './answer';
import { awsFiles, type FileFlags } from './aws-files';

export interface DoctorFlags extends FileFlags {
  readonly json?: boolean | string;
}

/**
 * `tsawsume doctor`: looks at everything that a run depends on, without the network, and says of each what to do.
 * @returns 1 when something is a problem, 0 when all is well or merely odd.
 */
export async function doctor(world: World, flags: DoctorFlags): Promise<number> {
  const { files, settings, findings } = await readFiles(world, flags);
  if (files !== undefined) {
    findings.push(...(await fileFindings(world, files)), ...profileFindings(files.profiles));
    findings.push(...environmentFindings(world.env, files.profiles, world.now()));
  }
  findings.push(...(await storeFindings(world)), ...shellFindings(world));
  const problems = findings.filter(({ level }) => level === 'problem').length;
  if (flags.json === true) answer(world, `${JSON.stringify(findings, undefined, 2)}\n`);
  else answer(world, asText(findings, await world.palette(settings?.colors)));
  return problems === 0 ? 0 : 1;
}

/** Files or settings that can't be read at all end every other verb: here they are one finding among others. */
async function readFiles(
  world: World,
  flags: DoctorFlags,
): Promise<{
  readonly files: AwsFiles | undefined;
  readonly settings: Settings | undefined;
  readonly findings: Finding[];
}> {
  try {
    return { ...(await awsFiles(world, flags)), findings: [] };
  } catch (error) {
    if (!(error instanceof TsawsumeError)) throw error;
    const { message: what, hint: fix } = error;
    return {
      files: undefined,
      settings: undefined,
      findings: [{ level: 'problem', what, ...(fix === undefined ? {} : { fix }) }],
    };
  }
}

async function fileFindings(world: World, { paths }: AwsFiles): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const path of [paths.config, paths.credentials]) {
    if (path === undefined) continue;
    const access = await world.accessTo(path);
    if (access === 'none') findings.push({ level: 'ok', what: `${path}: there is none` });
    else if (access === 'private' || path === paths.config) findings.push({ level: 'ok', what: path });
    else
      findings.push({
        level: 'warning',
        what: `${path}: others can read it, and it may hold keys`,
        fix: `chmod 600 ${path}`,
      });
  }
  return findings;
}

/** By storing something, since only that tells. */
async function storeFindings(world: World): Promise<readonly Finding[]> {
  const probe = 'doctor looks in';
  const store = await world.store();
  store.remember(probe, { at: world.now() }, 'silently');
  const kept = store.recall(probe) !== undefined;
  store.forget(probe);
  if (!kept)
    return [
      {
        level: 'problem',
        what: 'sessions can not be stored: every run will ask for a code, and call STS',
        fix: 'make ~/.tsawsume a folder of yours that no one else may enter (0700), with space left',
      },
    ];
  const trouble = store.trouble();
  const count = store.all().length;
  const stored: Finding = {
    level: 'ok',
    what: `sessions can be stored; ${String(count)} ${count === 1 ? 'is' : 'are'}`,
  };
  if (trouble === undefined) return [stored];
  const fix = 'install it, unlock it, or: tsawsume config reset store';
  return [stored, { level: 'warning', what: trouble, fix }];
}

/** Where each shell's init line belongs. */
const START_FILES: Readonly<Record<string, readonly string[]>> = {
  bash: ['.bashrc', '.bash_profile', '.profile'],
  zsh: ['.zshrc', '.zshenv', '.zprofile'],
  fish: ['.config/fish/config.fish'],
};

/** A shell leaves no mark of being hooked up: its start file does. Of other shells nothing is known. */
function shellFindings(world: World): readonly Finding[] {
  const shell = /([^/]+)$/.exec(world.env['SHELL'] ?? '')?.[1] ?? '';
  const files = Object.hasOwn(START_FILES, shell) ? START_FILES[shell] : undefined;
  if (files === undefined || world.home === undefined) return [];
  const home = world.home;
  if (files.some((file) => isHooked(world, `${home}/${file}`)))
    return [{ level: 'ok', what: `${shell} is hooked up when it starts` }];
  const line = shell === 'fish' ? 'tsawsume init fish | source' : `eval "$(tsawsume init ${shell})"`;
  return [
    {
      level: 'warning',
      what: `${shell} is not hooked up: there, a profile would change nothing`,
      fix: `put this line into ~/${files[0] ?? ''}: ${line}`,
    },
  ];
}

function isHooked(world: World, path: string): boolean {
  try {
    return /^[^#\n]*tsawsume init/m.test(world.readText(path));
  } catch {
    return false;
  }
}

function asText(findings: readonly Finding[], palette: Palette): string {
  const paint = { ok: palette.good, warning: palette.warning, problem: palette.bad };
  const width = 'problem'.length;
  return findings
    .map(({ level, what, fix }) => {
      const line = `${paint[level](level.padEnd(width))}  ${printable(what)}\n`;
      return fix === undefined ? line : `${line}${' '.repeat(width)}  → ${printable(fix)}\n`;
    })
    .join('');
}
