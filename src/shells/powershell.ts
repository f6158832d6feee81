import type { Emission } from '../core/emission';
import type { Grammar, HookableShell } from './shell';
import { renderLines } from './lines';

/**
 * about_Quoting_Rules: between single quotes only a quote means something, and is doubled. PowerShell's tokenizer
 * takes five characters for a single quote: U+0027 and U+2018 to U+201B (CharTraits.IsSingleQuote).
 */
export const quotePowerShell = (text: string): string => `'${text.replace(/['\u2018-\u201b]/g, '$&$&')}'`;

/** By itself for the short way, which has no use for the function. */
export const renderPowerShell = (emission: Emission): string =>
  renderLines(emission, {
    set: (name, value) => `$env:${name} = ${quotePowerShell(value)}`,
    // Removes the variable, and says nothing when there is none.
    unset: (name) => `$env:${name} = $null`,
  });

/** Windows PowerShell 5.1 and PowerShell 7. */
export const powershell: HookableShell = {
  render: renderPowerShell,
  // PowerShell hands over a program's output as lines, so line ends (and NULs) must not stand in it as such.
  print: (text) =>
    text === ''
      ? ''
      : `[Console]::Out.Write([Text.Encoding]::UTF8.GetString([Convert]::FromBase64String('${base64(text)}')))\n`,
  init: hook,
};

/** `btoa` takes bytes as characters. */
const base64 = (text: string): string =>
  btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''));

const list = (words: readonly string[]): string => `@(${words.map(quotePowerShell).join(', ')})`;

/**
 * The program is looked up as a file, for `tsawsume` alone would be this function again; a script goes first,
 * because words that pass through a .cmd file are read once more by cmd. Output is decoded as UTF-8, which is not
 * what Windows PowerShell does by itself.
 */
function hook(program: readonly string[], grammar: Grammar): string {
  const [command = 'tsawsume', ...first] = program;
  return `function global:tsawsume {
  $tsawsumeFound = @(Get-Command -Name ${quotePowerShell(command)} -CommandType ExternalScript, Application -ErrorAction Stop)
  $tsawsumeProgram = @($tsawsumeFound | Sort-Object -Property { $_.CommandType -ne 'ExternalScript' })[0]
  $tsawsumeWords = ${list(first)} + @($args)
  $tsawsumePlain = $false
  $tsawsumeVerb = $false
  for ($tsawsumeAt = 0; $tsawsumeAt -lt $args.Count; $tsawsumeAt++) {
    $tsawsumeWord = [string]$args[$tsawsumeAt]
    if ($tsawsumeWord -ceq '--') { break }
    if (${list(grammar.plainFlags)} -ccontains ($tsawsumeWord -split '=', 2)[0]) { $tsawsumePlain = $true; break }
    if (${list(grammar.valueFlags)} -ccontains $tsawsumeWord) { $tsawsumeAt++; continue }
    if ($tsawsumeVerb -or $tsawsumeWord.StartsWith('-')) { continue }
    $tsawsumeVerb = $true
    if (${list(grammar.plainVerbs)} -ccontains $tsawsumeWord) { $tsawsumePlain = $true; break }
  }
  if ($tsawsumePlain) {
    if ($MyInvocation.ExpectingInput) { $input | & $tsawsumeProgram @tsawsumeWords } else { & $tsawsumeProgram @tsawsumeWords }
    return
  }
  $tsawsumeShell = $env:TSAWSUME_SHELL
  $tsawsumeEncoding = [Console]::OutputEncoding
  try {
    $env:TSAWSUME_SHELL = 'powershell'
    try { [Console]::OutputEncoding = New-Object System.Text.UTF8Encoding $false } catch { }
    if ($MyInvocation.ExpectingInput) { $tsawsumeCode = $input | & $tsawsumeProgram @tsawsumeWords } else { $tsawsumeCode = & $tsawsumeProgram @tsawsumeWords }
  } finally {
    $env:TSAWSUME_SHELL = $tsawsumeShell
    try { [Console]::OutputEncoding = $tsawsumeEncoding } catch { }
  }
  if ($LASTEXITCODE -eq 0 -and $tsawsumeCode) { Invoke-Expression (@($tsawsumeCode) -join [char]10) }
}
`;
}
