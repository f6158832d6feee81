// How other people's programs come into a folder that git ignores, each from where its language's packages are.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where registries are is nobody's business, and what they said is. */
export const reason = (text) =>
  text
    .replace(/https?:\/\/\S+/g, '…')
    .split('\n')
    .map((each) => each.trim())
    .filter((each) => each !== '')
    .slice(-2)
    .join(' ')
    .replaceAll('|', String.raw`\|`)
    .slice(-200);

export class Unavailable extends Error {}

function installing(argv, options = {}) {
  const { status, error, stderr } = spawnSync(argv[0], argv.slice(1), { encoding: 'utf8', ...options });
  if (status !== 0) throw new Unavailable(`can't be installed: ${reason(error?.message ?? stderr)}`);
}

/** @returns the folder with the programs of Python's `packages`, all in one environment. */
export function python(work, packages) {
  const venv = join(work, 'venv');
  if (!existsSync(join(venv, 'bin/pip'))) installing(['python3', '-m', 'venv', venv]);
  installing([join(venv, 'bin/pip'), 'install', '--quiet', '--disable-pip-version-check', ...packages]);
  return join(venv, 'bin');
}

/**
 * Builds one program of a Go module, as its releases are built: stripped, and with its version in it. A module of our own
 * asks for it, since `go install` knows no replacements.
 * @param wanted `module` and `version`, `replace` (lines of go.mod), `main` (the package), `set` (variables of the program).
 * @returns the folder with `program`.
 */
export function go(work, program, { module, version, replace, main, set }) {
  const folder = join(work, 'go', program);
  mkdirSync(folder, { recursive: true });
  const lines = [
    `module bench.invalid/${program}`,
    // The oldest that both programs build with.
    'go 1.25.7',
    `require ${module} ${version}`,
    ...replace.map((each) => `replace ${each}`),
  ];
  writeFileSync(join(folder, 'go.mod'), `${lines.join('\n\n')}\n`);
  const variables = Object.entries(set).map(([name, value]) => `-X ${name}=${value}`);
  const flags = ['-mod=mod', '-modcacherw', '-trimpath', `-ldflags=-s -w ${variables.join(' ')}`];
  installing(['go', 'build', ...flags, '-o', join(folder, program), main], {
    cwd: folder,
    env: {
      ...process.env,
      PATH: [process.env.PATH, '/usr/local/go/bin'].join(delimiter),
      GOTOOLCHAIN: 'local',
      GOPATH: join(work, 'go'),
      GOCACHE: join(work, 'go-cache'),
    },
  });
  return folder;
}
