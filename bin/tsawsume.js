#!/usr/bin/env node
'use strict';
const { readFileSync } = require('node:fs');

/** The lines that are run most, which files of their own may have an answer to: src/short. */
const SHORT = new Map([
  ['status', 'prompt'],
  ['complete', 'words'],
  ['export', 'export'],
]);

/** The shells whose code is not Bourne's, by the names of TSAWSUME_SHELL. */
const SHELLS = new Map([
  ['fish', 'way-fish'],
  ['nushell', 'way-nushell'],
  ['nu', 'way-nushell'],
  ['powershell', 'way-powershell'],
  ['pwsh', 'way-powershell'],
]);

/** Not by `require`: its search for a file whose place is known, and for what package it is of, costs 0.7 ms a start. */
function load(name) {
  const filename = `${__dirname}/../dist/${name}.js`;
  module._compile(readFileSync(filename, 'utf8'), filename);
  return module.exports;
}

function start() {
  const [word = '-', ...rest] = process.argv.slice(2);
  const way = SHELLS.get(process.env.TSAWSUME_SHELL) ?? 'way';
  const short = SHORT.get(word) ?? (rest.length > 0 || word.startsWith('-') ? undefined : way);
  // All is written, nothing is open: who asks to end need not wait for Node to take itself apart (0.5 ms).
  if (short !== undefined && load(short).isOver()) process.exit();
  load('start');
}

try {
  start();
} catch (error) {
  if (error.code !== 'ENOENT' || !error.path?.startsWith(`${__dirname}/../dist/`)) throw error;
  process.stderr.write(
    'tsawsume: it is not built yet\ntsawsume: build it with: npm install && npm run build\n',
  );
  process.exitCode = 1;
}
