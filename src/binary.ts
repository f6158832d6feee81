import * as exported from './short/export';
import * as prompt from './short/prompt';
import * as way from './short/way';
import * as words from './short/words';

/** The way of a shell whose code is not Bourne's, by the names of TSAWSUME_SHELL: files of their own. */
function otherWay(shell: string): Promise<typeof way> | undefined {
  switch (shell) {
    case 'fish':
      return import('./short/way-fish');
    case 'nushell':
    case 'nu':
      return import('./short/way-nushell');
    case 'powershell':
    case 'pwsh':
      return import('./short/way-powershell');
    default:
      return undefined;
  }
}

/** Where the stand-alone executable begins: `bin/tsawsume.js` without what only Node needs. */
function start(become: typeof way): void {
  if (become.isOver() || exported.isOver() || prompt.isOver() || words.isOver()) process.exit();
  void import('./bin');
}

const other = otherWay(process.env['TSAWSUME_SHELL'] ?? '');
if (other === undefined) start(way);
else void other.then(start);
