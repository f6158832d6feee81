import { Option, type Command } from 'commander';
import { append, collect } from './values';

/** The flags of every verb that makes a session. Each takes one value: a list never swallows the profile after it. */
export function sessionFlags(command: Command): Command {
  return command
    .option('-r, --refresh', 'ignore stored sessions of this chain')
    .option('--mfa-token <code>', 'the MFA code; - reads it from stdin')
    .option('--region <region>', 'the region, over the one of the profile')
    .option('--role-arn <arn>', 'a role: an ARN, [partition:]account:role, or its name')
    .option('--source-profile <profile>', 'the profile that signs for --role-arn')
    .option('--external-id <id>', 'the external id that the role asks for')
    .option('--session-name <name>', 'what CloudTrail calls the session')
    .option('--role-duration <duration>', 'seconds, or such as 1h, 90m')
    .option('-t, --session-tags <key=value>', 'session tags, separated by commas', append)
    .addOption(
      new Option('--tags <key=value>', "awsume's name for --session-tags").argParser(append).hideHelp(),
    )
    .option('--transitive-tag-keys <keys>', 'tags that go along a chain, separated by commas', collect)
    .option('--source-identity <name>', 'the source identity of the session')
    .option('--session-policy <json>', 'a session policy, or @file')
    .option('--session-policy-arns <arns>', 'managed session policies, separated by commas', collect)
    .option('--min-ttl <duration>', 'a stored session must live at least this long (5m)')
    .option('--config-file <path>', 'over AWS_CONFIG_FILE')
    .option('--credentials-file <path>', 'over AWS_SHARED_CREDENTIALS_FILE');
}

/** Credentials in place of the profile's; the verbs that look have `--json` as their output switch. */
export const givenFlag = (command: Command): Command =>
  command.option('--json <credentials>', 'credentials as AWS prints them; - reads them from stdin');

/** The two files alone, for verbs that make no session. */
export const fileFlags = (command: Command): Command =>
  command
    .option('--config-file <path>', 'over AWS_CONFIG_FILE')
    .option('--credentials-file <path>', 'over AWS_SHARED_CREDENTIALS_FILE');

/** Flags that the first help page leaves to those of the verbs: they work there all the same. */
const RARE = new Set([
  '--external-id',
  '--session-name',
  '--session-tags',
  '--transitive-tag-keys',
  '--source-identity',
  '--session-policy',
  '--session-policy-arns',
  '--min-ttl',
  '--json',
  '--config-file',
  '--credentials-file',
]);

/** Keeps the root's help to a screenful. */
export function hideRareFlags(program: Command): void {
  for (const option of program.options) if (RARE.has(option.long ?? '')) option.hideHelp();
}
