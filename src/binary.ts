import * as prompt from './short/prompt';
import * as way from './short/way';
import * as words from './short/words';

/** Where the stand-alone executable begins: `bin/tsawsume.js` without what only Node needs. */
const noteUse = (profile: string, home: string): void =>
  void import('./short/note-use').then(({ noteUseOf }) => noteUseOf(profile, home));

if (!prompt.isOver() && !words.isOver() && !way.isOver(noteUse)) void import('./bin');
