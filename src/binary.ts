import { isShortRun } from './short';

/** Where the stand-alone executable begins: \`start\` without what only Node needs. */
if (
  !isShortRun((profile, home) => void import('./note-use').then(({ noteUseOf }) => noteUseOf(profile, home)))
)
  void import('./bin');
