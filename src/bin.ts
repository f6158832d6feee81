import { closeDiagnostics } from './io/diagnostics';
import { createWorld } from './io/world';
import { main } from './main';

closeDiagnostics();
const argv = process.argv.slice(2);
const world = createWorld(argv);
void main(argv, world).then(async (code) => {
  await world.close();
  // All is written and closed: the runtime need not be taken apart first (0.5 ms or more).
  process.exit(code);
});
