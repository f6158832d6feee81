#!/usr/bin/env node
'use strict';
const { existsSync, readFileSync } = require('node:fs');

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

/**
 * Whether a way may be kept for a word (src/core/short-way.ts, `wayName`): where none is, what would go it need not be
 * read. Who can't be told is looked for there.
 */
function mayHaveWay(word) {
  const { TSAWSUME_HOME, HOME } = process.env;
  const home = TSAWSUME_HOME || (HOME && `${HOME}/.tsawsume`);
  try {
    const name = encodeURIComponent(word);
    return !home || name.length > 200 || existsSync(`${home}/cache/way-${name}.txt`);
  } catch {
    return true;
  }
}

function start() {
  const [word = '-', ...rest] = process.argv.slice(2);
  const isPlain = rest.length === 0 && !word.startsWith('-') && mayHaveWay(word);
  const way = SHELLS.get(process.env.TSAWSUME_SHELL) ?? 'way';
  const short = SHORT.get(word) ?? (isPlain ? way : undefined);
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
