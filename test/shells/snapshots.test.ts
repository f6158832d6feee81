import { describe, expect, it } from 'vitest';
import { type Change, emission } from '../../src/core/emission';
import { EXPORT_FORMATS, formatNamed, INIT_SHELLS, shellNamed } from '../../src/shells/index';
import { GRAMMAR } from './support';

const set = (name: string, value: string): Change => ({ op: 'set', name, value });
const unset = (name: string): Change => ({ op: 'unset', name });

/** One for each verb of the root command. */
const EMISSIONS = {
  assume: emission([
    unset('AWS_SECURITY_TOKEN'),
    unset('AWS_PROFILE'),
    unset('AWS_REGION'),
    set('AWS_ACCESS_KEY_ID', 'ASIAIOSFODNN7EXAMPLE'),
    set('AWS_SECRET_ACCESS_KEY', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'),
    set('AWS_SESSION_TOKEN', 'FwoGZXIvYXdzEXAMPLE+/=='),
    set('AWS_REGION', 'eu-west-1'),
    set('AWS_CREDENTIAL_EXPIRATION', '2021-02-01T08:45:53Z'),
    set('TSAWSUME_PROFILE', 'my app é'),
  ]),
  unset: emission([unset('AWS_ACCESS_KEY_ID'), unset('AWS_SECRET_ACCESS_KEY'), unset('TSAWSUME_PROFILE')]),
  'auto-refresh': emission([unset('AWS_ACCESS_KEY_ID'), set('AWS_PROFILE', 'tsawsume-cli-role')]),
  nothing: emission([]),
};

const file = (...words: string[]): string => `snapshots/${words.join('.')}.txt`;

describe.each(INIT_SHELLS)('%s', (name) => {
  const shell = shellNamed(name);
  it.each(Object.keys(EMISSIONS))('%s', async (verb) => {
    const text = shell?.render(EMISSIONS[pick(verb)]);
    await expect(text).toMatchFileSnapshot(file(name, verb));
  });
  it('init', async () => {
    await expect(shell?.init(['tsawsume'], GRAMMAR)).toMatchFileSnapshot(file(name, 'init'));
  });
  it('init with a path that must be quoted', async () => {
    const text = shell?.init(['/opt/my node/bin/node', "/home/o'brien/tsawsume.js"], GRAMMAR);
    await expect(text).toMatchFileSnapshot(file(name, 'init-path'));
  });
  it('print', async () => {
    await expect(shell?.print("it's\n100 %s \\n\n")).toMatchFileSnapshot(file(name, 'print'));
  });
});

describe.each(EXPORT_FORMATS)('format %s', (name) => {
  it('a session', async () => {
    const ascii = emission([
      ...EMISSIONS.assume.changes.filter((change) => change.name !== 'TSAWSUME_PROFILE'),
      set('TSAWSUME_PROFILE', 'my app'),
    ]);
    await expect(formatNamed(name)?.render(ascii)).toMatchFileSnapshot(file('format', name));
  });
});

function pick(verb: string): keyof typeof EMISSIONS {
  switch (verb) {
    case 'assume':
    case 'unset':
    case 'auto-refresh':
      return verb;
    default:
      return 'nothing';
  }
}
