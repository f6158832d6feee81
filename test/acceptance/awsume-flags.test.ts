import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { World } from '../support/harness';

/** `alias awsume=tsawsume`: awsume's flags (as in the source of 4.5.5rc0) mean the same here, or say what to use instead. */
let world: World;
beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world.close());

describe('the same', () => {
  it.each([
    ['-s', ['-s', 'bot'], /^export AWS_ACCESS_KEY_ID=/m],
    ['--show-commands', ['bot', '--show-commands'], /^export AWS_ACCESS_KEY_ID=/m],
    ['-u', ['-u', '-s'], /^unset AWS_ACCESS_KEY_ID/m],
    ['--unset', ['-s', '--unset'], /^unset AWS_ACCESS_KEY_ID/m],
    ['-sr, together', ['-sr', 'bot'], /^export AWS_ACCESS_KEY_ID=/m],
    ['--refresh', ['--refresh', '-s', 'reader'], /TSAWSUME_PROFILE='reader'/],
    ['-l', ['-l'], /^PROFILE +TYPE +SOURCE/],
    ['--list-profiles', ['--list-profiles'], /^PROFILE +TYPE +SOURCE/],
    ['--who', ['--who'], /nobody/],
    ['-v', ['-v'], /^\d+\.\d+\.\d+/],
    ['--version', ['--version'], /^\d+\.\d+\.\d+/],
    ['-h', ['-h'], /Usage: tsawsume/],
    ['--region', ['-s', 'bot', '--region', 'eu-west-3'], /AWS_REGION='eu-west-3'/],
    ['--session-name', ['-s', 'reader', '--session-name', 'x1'], /TSAWSUME_PROFILE='reader'/],
    ['--role-duration', ['-s', 'reader', '--role-duration', '1800'], /TSAWSUME_PROFILE='reader'/],
    ['--tags', ['-s', 'reader', '--tags', 'a=b,c=d'], /TSAWSUME_PROFILE='reader'/],
    ['-t', ['-s', '-t', 'a=b,c=d', 'reader'], /TSAWSUME_PROFILE='reader'/],
    ['-t=, as its parser takes it, too', ['-s', '-t=a=b', 'reader'], /TSAWSUME_PROFILE='reader'/],
    ['-l=more', ['-l=more'], /STS SAYS/],
    ['-k=', ['-k=autotsawsume-x'], /^$/],
    ['--external-id', ['-s', 'partner', '--external-id', 'tsawsume-example'], /TSAWSUME_PROFILE='partner'/],
    [
      '--role-arn and --source-profile',
      ['-s', '--role-arn', 'aws:111122223333:reader', '--source-profile', 'dev'],
      /TSAWSUME_PROFILE='111122223333:reader'/,
    ],
    ['--json', ['-s', '--json', '{"AccessKeyId": "AKIAX", "SecretAccessKey": "x"}'], /'AKIAX'/],
    ['--info', ['-s', '--info', 'bot'], /AWS_ACCESS_KEY_ID/],
    ['--debug', ['-s', 'bot', '--debug'], /AWS_ACCESS_KEY_ID/],
  ])('%s', async (_, args, words) => {
    const { code, stdout } = await world.run(args);
    expect(code).toBe(0);
    expect(stdout).toMatch(words);
  });

  it('-o=NAME names the profile as -o NAME does', async () => {
    const { code, stderr } = await world.run(['-o=work', 'reader']);
    expect([code, stderr]).toEqual([0, expect.stringContaining('to the profile "work"')]);
  });

  it('-t with commas is several tags, as awsume reads it', async () => {
    world.sandbox.journal.clear();
    await world.run(['export', 'reader', '-r', '-t', 'a=b,c=d', '-t', 'e=f']);
    const params = world.sandbox.journal.calls.at(-1)?.params ?? {};
    expect([1, 2, 3].map((n) => params[`Tags.member.${String(n)}.Key`])).toEqual(['a', 'c', 'e']);
  });
});

describe('refused, with what to do instead', () => {
  it.each([
    [['--config', 'set', 'colors', 'true'], 'tsawsume config get KEY'],
    [['--config', 'list'], 'tsawsume config get KEY'],
    [['--refresh-autocomplete'], 'completion reads the profiles'],
    [['--list-plugins'], 'no plugins'],
    [['reader', '--with-saml'], 'credential_process'],
    [['--principal-arn', 'x', 'reader'], 'credential_process'],
    [['reader', '--with-web-identity'], 'web_identity_token_file'],
  ])('%j', async (args, hint) => {
    const { code, stdout, stderr } = await world.run(args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^tsawsume: --[\w-]+ is awsume's, and tsawsume has it not\n[^\n]+\n$/);
    expect(stderr).toContain(hint);
  });

  it('a flag that nobody has: the nearest, on a line of its own', async () => {
    const { code, stderr } = await world.run(['reader', '--refesh']);
    expect([code, stderr]).toEqual([2, 'tsawsume: unknown option --refesh\ndid you mean --refresh?\n']);
  });
});
