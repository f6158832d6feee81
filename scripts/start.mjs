// `npm start`: the main job on a fresh machine, without an AWS account. Builds what is missing or of other
// sources, then opens the sandbox: at a terminal for the person, without one it plays `tsawsume cli-role` through,
// prints what a person would see, and exits 0 only if STS says that the exported variables are the role.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isStale, root } from './sources.mjs';

const program = join(root, 'bin', 'tsawsume.js');

/** What is typed, in sh, which every machine has. `see` shows a line as if it were typed, and runs it. */
const TOUR = String.raw`
exec 2>&1
see() { printf '$ %s\n' "$1"; eval "$1" || fail "this failed ($?): $1"; echo; }
fail() { printf '\nnpm start: %s\n' "$1"; exit 1; }
masked() { sed -e 's/\(SECRET_ACCESS_KEY=....\).*/\1…/' -e 's/\(SESSION_TOKEN=....\).*/\1…/'; }
is_role() {
  arn=$(tsawsume whoami | sed -n 's/^Arn  *//p')
  case $arn in
    "arn:aws:sts::111122223333:assumed-role/$1/"?*) ;;
    *) fail "GetCallerIdentity should say $1, and says: $arn" ;;
  esac
}

see 'eval "$(tsawsume init sh)"'
see 'tsawsume list'
see 'mfa-code'
see "tsawsume cli-role --mfa-token $(mfa-code)"
see 'env | grep -E "^(AWS_(ACC|SEC|SESS|REG|CRED)|TSAWSUME)" | sort | masked'
see 'tsawsume whoami'
is_role cli-role
role=$arn
see 'tsawsume deployer </dev/null   # behind cli-role; no second code'
see 'tsawsume whoami'
is_role deployer
see 'tsawsume --unset'
see 'tsawsume status'
[ -z "$AWS_ACCESS_KEY_ID$AWS_SECRET_ACCESS_KEY$AWS_SESSION_TOKEN" ] || fail '--unset left keys behind'

echo "npm start: all went well. With the variables that tsawsume exported, STS said"
echo "  $role"
echo "At a terminal, npm start leaves you in this sandbox to try it yourself."
`;

build();
const atTerminal = process.stdin.isTTY && process.stdout.isTTY && process.stderr.isTTY;
if (atTerminal) console.error('\nIn the shell that opens now, type: tsawsume cli-role');
// In this very process: there is nobody in between who would have to hand on signals and the exit code.
process.argv = [process.execPath, program, 'sandbox', ...(atTerminal ? [] : ['--', 'sh', '-c', TOUR])];
await import(program);

function build() {
  if (!isStale()) return;
  if (!existsSync(join(root, 'node_modules', 'rolldown')))
    give('the tools are missing: run npm install first');
  const { status } = spawnSync(process.execPath, [join(root, 'scripts', 'build.mjs'), '--quiet'], {
    stdio: 'inherit',
  });
  if (status !== 0) give('it could not be built: see above');
}

function give(reason) {
  console.error(`npm start: ${reason}`);
  process.exit(1);
}
