import { closeDiagnostics } from './io/diagnostics';
import { createWorld } from './io/world';
import { main } from './main';

closeDiagnostics();
const argv = process.argv.slice(2);
const world = createWorld(argv);
void main(argv, world).then(async (code) => {
  process.exitCode = code;
  await world.close();
});
