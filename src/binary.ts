import * as exported from './short/export';
import * as prompt from './short/prompt';
import * as way from './short/way';
import * as words from './short/words';

/** Where the stand-alone executable begins: `bin/tsawsume.js` without what only Node needs. */
if (way.isOver() || exported.isOver() || prompt.isOver() || words.isOver()) process.exit();
void import('./bin');
