/**
 * JavaScript for `node --require`: writes a file when the program proper is read, which the short way does not need,
 * and makes a fault.
 */
export const shortWayHook = (log: string, fault = ''): string => `'use strict';
const fs = require('node:fs');
const { openSync, writeFileSync } = fs;
fs.openSync = function (file, ...rest) {
  if (/[\\\\/]dist[\\\\/]bin[.]js$/.test(String(file))) writeFileSync(${JSON.stringify(log)}, 'long');
  return openSync.call(this, file, ...rest);
};
${fault}
`;

/** The clock is so many milliseconds ahead. */
export const clockAhead = (by: number): string =>
  `const { now } = Date; Date.now = () => now() + ${String(by)};`;

/** Nothing can be written, as on a disk that is full or a home that is read only. */
export const unwritable = (code: 'EROFS' | 'ENOSPC'): string => `
const failed = () => { throw Object.assign(new Error('${code}: no way, open'), { code: '${code}' }); };
const open = fs.openSync;
fs.openSync = function (file, flags, ...rest) {
  return (typeof flags === 'number' && (flags & fs.constants.O_CREAT) !== 0) ? failed() : open.call(this, file, flags, ...rest);
};
fs.mkdirSync = fs.renameSync = failed;
`;

/** Between the look at a file of the store and its reading it goes away, or may not be read. */
export const unreadable = (name: string, how: 'gone' | 'EACCES' | 'EIO'): string => `
const read = fs.readFileSync;
fs.readFileSync = function (file, ...rest) {
  if (String(file).endsWith('${name}')) {
    ${how === 'gone' ? 'fs.rmSync(file, { force: true });' : `throw Object.assign(new Error('${how}: no way, open'), { code: '${how}' });`}
  }
  return read.call(this, file, ...rest);
};
`;

/** The clock jumps ahead when the first text is written, as if the run had been stopped there for so long. */
export const clockAheadOnceWritten = (by: number): string => `
const { now } = Date;
const { writeSync } = fs;
fs.writeSync = function (...args) {
  Date.now = () => now() + ${String(by)};
  return writeSync.apply(this, args);
};
`;
