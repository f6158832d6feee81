#!/usr/bin/env node
'use strict';
// Where Node has it, V8 keeps what it compiled; a first run costs a little more, every later one less.
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const program = join(__dirname, '..', 'dist', 'bin.js');
try {
  require(program);
} catch (error) {
  if (existsSync(program)) throw error;
  process.stderr.write(
    'tsawsume: it is not built yet\ntsawsume: build it with: npm install && npm run build\n',
  );
  process.exitCode = 1;
}
