import { quotePowerShell } from './powershell';
import { lastIsCurrent, type CompletingShell } from './completion';

/** What PowerShell takes for a plain word wherever it stands. */
const BARE = /^[A-Za-z_][\w.-]*$|^--?[A-Za-z][\w-]*(=[\w.-]*)?$/;

/** Windows PowerShell 5.1 and PowerShell 7. Lines: the word as it is inserted, TAB, as it is shown, TAB, what it is. */
export const powershellCompletion: CompletingShell = {
  typed: lastIsCurrent,
  render(candidates, words) {
    const current = lastIsCurrent(words).current.toLowerCase();
    return candidates
      .filter(({ value }) => value.toLowerCase().startsWith(current))
      .map(({ value, about }) => {
        const inserted = BARE.test(value) ? value : quotePowerShell(value);
        return `${inserted}\t${value}\t${about ?? value}\n`;
      })
      .join('');
  },
  script: () => `# PowerShell completion for tsawsume
Register-ArgumentCompleter -Native -CommandName tsawsume -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $tsawsumeProgram = @(Get-Command -Name 'tsawsume' -CommandType ExternalScript, Application -ErrorAction SilentlyContinue | Sort-Object -Property { $_.CommandType -ne 'ExternalScript' })[0]
  if (-not $tsawsumeProgram) { return }
  $tsawsumeWords = @()
  $tsawsumeCurrent = ''
  foreach ($tsawsumeElement in @($commandAst.CommandElements | Select-Object -Skip 1)) {
    $tsawsumeText = if ($tsawsumeElement -is [System.Management.Automation.Language.StringConstantExpressionAst]) { $tsawsumeElement.Value } else { $tsawsumeElement.Extent.Text }
    if ($tsawsumeElement.Extent.EndOffset -lt $cursorPosition) { $tsawsumeWords += $tsawsumeText }
    elseif ($tsawsumeElement.Extent.StartOffset -lt $cursorPosition) { $tsawsumeCurrent = $tsawsumeText }
  }
  $tsawsumeEncoding = [Console]::OutputEncoding
  try {
    try { [Console]::OutputEncoding = New-Object System.Text.UTF8Encoding $false } catch { }
    & $tsawsumeProgram complete powershell -- @tsawsumeWords $tsawsumeCurrent 2>$null | ForEach-Object {
      $tsawsumeParts = $_ -split [char]9
      if ($tsawsumeParts[0]) { [System.Management.Automation.CompletionResult]::new($tsawsumeParts[0], $tsawsumeParts[1], 'ParameterValue', $tsawsumeParts[2]) }
    }
  } finally {
    try { [Console]::OutputEncoding = $tsawsumeEncoding } catch { }
  }
}
`,
};
