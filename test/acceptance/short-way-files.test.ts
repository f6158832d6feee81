import * as fs from 'node:fs';
import { join } from 'node:path';
import { describeBothWays } from '../support/both-ways';
import { change, type Case, type Noted } from '../support/short-ways';

/** `reader` of the config, in other words of the same length. */
const ARN = 'arn:aws:iam::111122223333:role/reader';
const ANOTHER = 'arn:aws:iam::111122223333:role/hopper';

/** Another file in its place, with the same times. */
function replaced(path: string, text: string): void {
  const { atimeMs, mtimeMs } = fs.statSync(path);
  fs.writeFileSync(`${path}.new`, text);
  fs.utimesSync(`${path}.new`, atimeMs / 1000, mtimeMs / 1000);
  fs.renameSync(`${path}.new`, path);
}
const textOf = (path: string): string => fs.readFileSync(path, 'utf8');
const SETTINGS = '.tsawsume/config.yaml';
const setting = (name: string, text: string, more: Partial<Case> = {}): Case =>
  change(`the setting ${name} is new`, (at) => at.put(SETTINGS, text), more);
const noted = (name: string, text: string, way: Case['way'] = 'short'): Case => ({
  name: `the setting ${name} is as it was`,
  before: (at) => at.put(SETTINGS, text),
  way,
});

const OFFERED = "offered to take over awsume's settings";
const offered = (at: Noted): void => {
  at.put('.awsume/config.yaml', 'colors: true\n');
  at.remember(OFFERED, { path: 'there' });
};

const CASES: readonly Case[] = [
  change('nothing', () => undefined, { way: 'short' }),
  change('the files are read', (at) => textOf(at.config) + textOf(at.credentials), { way: 'short' }),
  change('another role, of the same length', (at) => at.edit(at.config, ARN, ANOTHER)),
  change('another region, of the same length', (at) => at.edit(at.config, 'us-east-1', 'us-west-1')),
  change('another region, and the time of before', (at) => {
    const { atime, mtime } = fs.statSync(at.config);
    for (let place = 0; place < 4; place += 1) at.edit(at.config, 'us-east-1', 'us-west-2');
    fs.utimesSync(at.config, atime, mtime);
  }),
  change('the config is replaced, with the time of before', (at) =>
    replaced(at.config, textOf(at.config).replaceAll('us-east-1', 'us-west-1')),
  ),
  change('the config is replaced by the very same', (at) => replaced(at.config, textOf(at.config))),
  change('the config grows by a comment', (at) => fs.appendFileSync(at.config, '# x\n')),
  change('the config can be read by others', (at) => fs.chmodSync(at.config, 0o666)),
  change('the config is gone', (at) => fs.rmSync(at.config)),
  change('the config is a folder', (at) => {
    fs.rmSync(at.config);
    fs.mkdirSync(at.config);
  }),
  change('the config is no text', (at) => fs.writeFileSync(at.config, Buffer.from([0xff, 0xfe, 0]))),
  change('the profile is broken', (at) => at.edit(at.config, ARN, 'nonsense')),
  change('its source is gone', (at) => fs.writeFileSync(at.credentials, '')),
  change('its source has other keys', (at) =>
    at.edit(at.credentials, '[dev]\naws_access_key_id = AKIA', '[dev]\naws_access_key_id = AKIB'),
  ),
  change('the credentials are gone', (at) => fs.rmSync(at.credentials)),
  change('the folder of both is gone', (at) => fs.renameSync(join(at.config, '..'), join(at.home.path, 'x'))),
  change('the folder of both is a file', (at) => {
    fs.renameSync(join(at.config, '..'), join(at.home.path, 'x'));
    at.put('.aws', 'a file');
  }),
  change('the folder of a file that was not there is a file', (at) => at.put('none', ''), {
    before: (at) =>
      fs.appendFileSync(
        at.config,
        textOf(at.credentials)
          .replaceAll('[dev]', '[profile dev]')
          .replaceAll('[default]', '[default]')
          .replace(/\[(alice|bot|bare|only-here)\]/g, '[profile $1]'),
      ),
    env: { AWS_SHARED_CREDENTIALS_FILE: '~/none/credentials' },
  }),
  change(
    'the link leads to another file',
    (at) => {
      fs.writeFileSync(join(at.home.path, 'two'), textOf(at.config).replaceAll('us-east-1', 'us-west-1'));
      fs.rmSync(at.config);
      fs.symlinkSync(join(at.home.path, 'two'), at.config);
    },
    {
      before: (at) => {
        fs.renameSync(at.config, join(at.home.path, 'one'));
        fs.symlinkSync(join(at.home.path, 'one'), at.config);
      },
    },
  ),
  change('the link is the same', () => undefined, {
    before: (at) => {
      fs.renameSync(at.config, join(at.home.path, 'one'));
      fs.symlinkSync(join(at.home.path, 'one'), at.config);
    },
    way: 'short',
  }),
  change(
    'the credentials file appears',
    (at) => at.put('later', `[reader]\nregion = ap-south-1\n${textOf(at.credentials)}`),
    {
      before: (at) =>
        fs.appendFileSync(
          at.config,
          textOf(at.credentials).replace(/\[(dev|alice|bot|bare|only-here)\]/g, '[profile $1]'),
        ),
      env: { AWS_SHARED_CREDENTIALS_FILE: '~/later' },
    },
  ),
  change('no credentials file: /dev/null', () => undefined, {
    before: (at) =>
      fs.appendFileSync(
        at.config,
        textOf(at.credentials).replace(/\[(dev|alice|bot|bare|only-here)\]/g, '[profile $1]'),
      ),
    env: { AWS_SHARED_CREDENTIALS_FILE: '/dev/null' },
    way: 'short',
  }),
  setting('region', 'region: ap-south-1\n', { profile: 'regionless' }),
  setting('role-duration', 'role-duration: 30m\n'),
  setting('role-session-name', 'role-session-name: me\n'),
  setting('a session name with a template', 'role-session-name: "{user}-{profile}"\n'),
  setting('store', 'store: keyring\n'),
  setting('fuzzy-match', 'fuzzy-match: true\n'),
  setting('colors', 'colors: false\n'),
  setting('that is none', 'colours: [\n'),
  setting('config-file', 'config-file: /nowhere\n'),
  noted('region', 'region: ap-south-1\n'),
  noted('role-duration', 'role-duration: 30m\n'),
  noted('role-session-name', 'role-session-name: me\n'),
  noted('fuzzy-match', 'fuzzy-match: true\n'),
  noted('a session name with a template', 'role-session-name: "{user}-{host}"\n', 'never'),
  change('the settings are gone', (at) => fs.rmSync(join(at.home.path, SETTINGS)), {
    profile: 'regionless',
    before: (at) => at.put(SETTINGS, 'region: ap-south-1\n'),
  }),
  change("awsume's settings appear", (at) => at.put('.awsume/config.yaml', 'colors: true\n'), {
    once: /awsume's settings in .*\n/,
  }),
  change("awsume's settings appear where XDG says not", (at) => at.put('.awsume/config.yaml', 'x: 1\n'), {
    env: { XDG_CONFIG_HOME: '/nowhere' },
    way: 'short',
  }),
  change("awsume's settings were offered", () => undefined, { before: offered, way: 'short' }),
  change("that awsume's settings were offered is forgotten", (at) => fs.rmSync(at.fact(OFFERED)), {
    before: offered,
    once: /awsume's settings in .*\n/,
  }),
];

describeBothWays('where a file changes', CASES);
