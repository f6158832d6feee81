#!/usr/bin/env node
'use strict';
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const program = join(__dirname, '..', 'dist', 'start.js');
try {
  require(program);
} catch (error) {
  if (existsSync(program)) throw error;
  process.stderr.write(
    'tsawsume: it is not built yet\ntsawsume: build it with: npm install && npm run build\n',
  );
  process.exitCode = 1;
}
