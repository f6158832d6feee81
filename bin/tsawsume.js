#!/usr/bin/env node
'use strict';
const { existsSync, readFileSync } = require('node:fs');

/** Not by `require`: its search for a file whose place is known, and for what package it is of, costs 0.7 ms a start. */
function load(name) {
  const filename = `${__dirname}/../dist/${name}.js`;
  module._compile(readFileSync(filename, 'utf8'), filename);
  return module.exports;
}

/**
 * Whether a way may be noted for this line, by the name that src/core/short-way.ts gives its file: where none is, what
 * would go it need not be read (0.7 ms under a CPU profiler). Who can't be told is looked for there.
 */
function mayHaveWay() {
  const { HOME, TSAWSUME_HOME, TSAWSUME_SHELL = '' } = process.env;
  const home = TSAWSUME_HOME || (HOME && `${HOME}/.tsawsume`);
  const line = [TSAWSUME_SHELL, ...process.argv.slice(2)];
  // What flags may hold has no business in the name of a file, be it of one that is only looked for.
  if (line.some((word) => word.startsWith('-') && !/^--(?:format|min-ttl)?(?:=|$)/.test(word))) return false;
  try {
    const name = encodeURIComponent(line.join(' '));
    return !home || existsSync(`${home}/cache/way-${name}.txt`);
  } catch {
    return false;
  }
}

/** The lines that are run most have files of their own, which may have an answer: src/short. */
function shortRun() {
  switch (process.argv[2]) {
    case 'status':
      return load('prompt').isOver();
    case 'complete':
      return load('words').isOver();
    default: {
      const outcome = mayHaveWay() ? load('way').take() : 'not taken';
      if (typeof outcome !== 'string') load('rest').finish(outcome);
      return outcome !== 'not taken';
    }
  }
}

function start() {
  // All is written, nothing is open: who asks to end need not wait for Node to take itself apart (0.5 ms).
  if (shortRun()) process.exit();
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
