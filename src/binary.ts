import * as prompt from './short/prompt';
import * as way from './short/way';
import * as words from './short/words';

/** Where the stand-alone executable begins: `bin/tsawsume.js` without what only Node needs. */
function start(): void {
  if (prompt.isOver() || words.isOver()) process.exit();
  const outcome = way.take();
  if (outcome === 'over') process.exit();
  if (outcome === 'not taken') void import('./bin');
  else
    void import('./short/rest').then(({ finish }) => {
      finish(outcome);
      process.exit();
    });
}

start();
