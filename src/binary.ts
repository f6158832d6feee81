import * as prompt from './short/prompt';
import * as way from './short/way';
import * as words from './short/words';

/** Where the stand-alone executable begins: `bin/tsawsume.js` without what only Node needs. */
if (!prompt.isOver() && !words.isOver() && !way.isOver()) void import('./bin');
