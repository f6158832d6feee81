#!/usr/bin/env node
'use strict';
const { readFileSync } = require('node:fs');
const { Script } = require('node:vm');

const dist = `${__dirname}/../dist`;
const filename = `${dist}/start.js`;
let source;
try {
  source = readFileSync(filename, 'utf8');
} catch {
  process.stderr.write(
    'tsawsume: it is not built yet\ntsawsume: build it with: npm install && npm run build\n',
  );
  process.exitCode = 1;
}
// Not by `require`: its search for a file whose place is known, and for what package it is of, costs 0.7 ms a start.
if (source !== undefined)
  new Script(source, { filename }).runInThisContext()({}, require, {}, filename, dist);
