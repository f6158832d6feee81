// What `store: keyring` costs: a process that loads a library and asks it. The library here is a stand-in that keeps its
// entries in a file, since no keyring runs on most machines that measure; a real one adds its own answer to this.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const LIBRARY = (entries) => `
const fs = require('node:fs');
const file = ${JSON.stringify(entries)};
const all = () => (fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : {});
const put = (changes) => fs.writeFileSync(file, JSON.stringify({ ...all(), ...changes }));
exports.Entry = class {
  constructor(service, key) { this.name = service + ' / ' + key; }
  setPassword(text) { put({ [this.name]: text }); }
  getPassword() { return all()[this.name] ?? null; }
  deletePassword() { put({ [this.name]: undefined }); return true; }
};`;

/** The variables of a run that keeps its sessions in such a keyring. */
export function keyringIn(folder) {
  const home = join(folder, 'home');
  const library = join(folder, 'modules', '@napi-rs', 'keyring');
  mkdirSync(home, { recursive: true, mode: 0o700 });
  mkdirSync(library, { recursive: true });
  writeFileSync(join(home, 'config.yaml'), 'store: keyring\n', { mode: 0o600 });
  writeFileSync(join(library, 'index.js'), LIBRARY(join(folder, 'entries.json')));
  return { TSAWSUME_HOME: home, NODE_PATH: join(folder, 'modules') };
}
