import { quotePosix } from '../shells/posix';

/** Where things lie in a sandbox's HOME, relative to it. */
export const PLACES = { bin: '.sandbox/bin', codes: '.sandbox/codes', owner: '.sandbox/owner' } as const;

/**
 * Where fish keeps what it reads out of man pages, in its older and newer versions. Where neither is, a first fish
 * starts a program that goes on writing there for minutes, long after the sandbox has ended.
 */
export const FISH_FOLDERS = [
  '.local/share/fish/generated_completions',
  '.cache/fish/generated_completions',
] as const;

export interface ShellFile {
  /** Relative to HOME. */
  readonly path: string;
  readonly text: string;
  readonly executable: boolean;
}

/**
 * What makes a HOME one in which a person can work: `tsawsume` and `mfa-code` as commands, and a start file for each
 * shell, which hooks it up and says in the prompt who it is.
 * @param home the absolute path of that HOME. @param program the words that start this very program.
 */
export function shellFiles(home: string, program: readonly string[]): readonly ShellFile[] {
  const command = (name: string, text: string): ShellFile => ({
    path: `${PLACES.bin}/${name}`,
    text,
    executable: true,
  });
  const start = (path: string, text: string): ShellFile => ({ path, text, executable: false });
  const codes = quotePosix(`${home}/${PLACES.codes}`);
  // A system-wide start file may have put another tsawsume first.
  const path = `export PATH=${quotePosix(`${home}/${PLACES.bin}`)}:"$PATH"\n`;
  return [
    command('tsawsume', `#!/bin/sh\nexec ${program.map(quotePosix).join(' ')} "$@"\n`),
    command('mfa-code', mfaCode(codes)),
    start('.bashrc', `${path}eval "$(tsawsume init bash)"\n${promptCode(codes)}${BASH_PROMPT}`),
    start('.zshrc', `${path}eval "$(tsawsume init zsh)"\n${promptCode(codes)}${ZSH_PROMPT}`),
    start('.shrc', `${path}eval "$(tsawsume init sh)"\n${SH_PROMPT}`),
    start('.config/fish/config.fish', fish(home)),
  ];
}

/** A code that was spent is not in the file any more (see `io/sandbox-codes`), so it can't be shown twice. */
const mfaCode = (codes: string): string => `#!/bin/sh
# What an MFA device of the sandbox shows: mfa-code [dev | alice]
user=\${1:-dev}
codes=${codes}
if [ ! -f "$codes/$user" ]; then
  echo 'mfa-code: usage: mfa-code [dev | alice]' >&2
  exit 2
fi
told=no
while :; do
  read -r code until 2>/dev/null <"$codes/$user" || code=- until=0
  left=$((until - $(date +%s)))
  if [ "$left" -lt -5 ]; then
    echo 'mfa-code: this sandbox has ended' >&2
    exit 1
  fi
  [ "$code" = - ] || [ "$left" -le 0 ] || break
  if [ "$told" = no ] && [ "$left" -gt 0 ]; then
    echo "mfa-code: AWS takes each code once; the next one comes in \${left}s" >&2
    told=yes
  fi
  sleep 1
done
echo "$code"
if [ -t 1 ]; then echo "(good for \${left}s)" >&2; fi
`;

/** While the shell is nobody a code may be asked for any moment, and then it is too late to type mfa-code. */
const promptCode = (codes: string): string => `__sandbox_code() {
  [ -z "\${TSAWSUME_PROFILE-}" ] || return 0
  local code=- rest
  read -r code rest 2>/dev/null <${codes}/dev
  [ "$code" = - ] || printf ' [MFA %s]' "$code"
}
`;

const BASH_PROMPT =
  "PROMPT_COMMAND=\nPS1='${TSAWSUME_PROFILE:+($TSAWSUME_PROFILE) }sandbox$(__sandbox_code)\\$ '\n";
const ZSH_PROMPT =
  "setopt prompt_subst\nPROMPT='${TSAWSUME_PROFILE:+($TSAWSUME_PROFILE) }sandbox$(__sandbox_code)%# '\nRPROMPT=\n";
const SH_PROMPT = "PS1='${TSAWSUME_PROFILE:+($TSAWSUME_PROFILE) }sandbox$ '\n";

/** Fish's single quotes know two escapes, of the quote and of the backslash. */
const quoteFish = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;

const fish = (home: string): string => `set -gx PATH ${quoteFish(`${home}/${PLACES.bin}`)} $PATH
tsawsume init fish | source
set -g fish_greeting
function fish_prompt
  if test -n "$TSAWSUME_PROFILE"
    printf '(%s) sandbox> ' $TSAWSUME_PROFILE
    return
  end
  read -l -d ' ' code rest 2>/dev/null <${quoteFish(`${home}/${PLACES.codes}/dev`)}
  printf 'sandbox%s> ' (string match -qr '^\\d+$' -- $code; and echo " [MFA $code]")
end
`;
