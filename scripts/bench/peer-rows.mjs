// The peers on the jobs that all can do, with the same profiles and the same STS as ours: the keys of a role behind two
// others (without MFA, for some would ask a person), from what is stored if they store, and those of one role afresh.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { PEERS, had } from './peers.mjs';
import { bareNode } from './rows.mjs';

export const STORED = 'the keys of a chain of 3 roles, asked for before';
export const AFRESH = 'the keys of one role, one AssumeRole';

/** Session keys on stdout, however they are written there. */
const KEYS = /ASIA/;

/** Ours on the same jobs. */
export function ownJobs(subject) {
  const { world, name } = subject;
  const job = (title, profile, more, before) => {
    const command = () => subject.own([profile], { prints: KEYS, ...more });
    const prepare = () => provesToBe(world, profile, command());
    return { job: title, name, beside: bareNode(world), prepare, before, command };
  };
  return [job(STORED, 'link-3'), job(AFRESH, 'link-1', { env: subject.empty }, () => subject.forget())];
}

/** A home of its own, with our profiles. @returns its path. */
function homeFor(world, { name, files = {}, profiles = '' }) {
  const home = join(world.folder, `home-of-${name.replace(/\W+/g, '-')}`);
  const { config, chain, credentials } = world.company;
  const all = {
    '.aws/config': `${config}\n${chain}\n${profiles}`,
    '.aws/credentials': credentials,
    ...files,
  };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(home, path)), { recursive: true });
    writeFileSync(join(home, path), text, { mode: 0o600 });
  }
  return home;
}

/** A peer's, or one that says why there are none. */
export function peerJobs(world, peer) {
  const { name, why, bin, env = {}, storedOnly = false } = peer;
  const titles = storedOnly ? [STORED] : [STORED, AFRESH];
  if (why !== undefined) return titles.map((job) => ({ job, name, why }));
  const home = homeFor(world, peer);
  const { worker } = world.company;
  const whole = { ...world.env, ...env, HOME: home, PATH: [bin, world.env.PATH].join(delimiter) };
  const words = ([program, ...args], more = {}, prints = peer.prints ?? KEYS) => ({
    argv: [join(bin, program), ...args],
    env: { ...whole, ...more },
    prints,
  });
  const secrets = { AWS_ACCESS_KEY_ID: worker.accessKeyId, AWS_SECRET_ACCESS_KEY: worker.secretAccessKey };
  const forget = peer.forget && (() => rmSync(join(home, peer.forget), { recursive: true, force: true }));
  return titles.map((job) => {
    const profile = job === STORED ? 'link-3' : 'link-1';
    const command = () => words(peer.job(profile));
    const prepare = async () => {
      if (peer.prepare) await world.stopwatch.run(words(peer.prepare, secrets, /^/));
      await provesToBe(world, profile, command());
    };
    const before = job === AFRESH ? forget : undefined;
    return { job, name, beside: bareNode(world), foreign: true, prepare, before, command };
  });
}

/** @throws Error where STS does not take the keys that a command prints (or uses, and prints who it was) for the role's. */
async function provesToBe(world, role, command) {
  const { stdout } = await world.stopwatch.run(command);
  const arn = KEYS.test(stdout) ? await callerOf(world, stdout) : stdout;
  if (!arn.includes(`:assumed-role/${role}/`)) throw new Error(`the keys are not of ${role}, but of ${arn}`);
}

// It would warn of Node 20 among the bench's own lines.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

/** Whose keys these are, says STS. A key's name, its secret and its token differ in length. */
async function callerOf(world, text) {
  const [accessKeyId, secretAccessKey, sessionToken] = [/ASIA\w{16}/, /[\w+/]{40}/, /[\w+/=]{100,}/].map(
    (form) => new RegExp(`(?<![\\w+/=])${form.source}(?![\\w+/=])`).exec(text)?.[0],
  );
  const credentials = { accessKeyId, secretAccessKey, sessionToken };
  const client = new STSClient({ endpoint: world.company.url, region: 'us-east-1', credentials });
  return (await client.send(new GetCallerIdentityCommand({}))).Arn;
}

/** What a peer calls its version. */
export async function versionOf(world, { name, bin, version, why }) {
  const [called] = name.split(',');
  if (why !== undefined) return `${called} –`;
  const [program, ...args] = version;
  const { stdout, stderr } = await world.stopwatch.run({
    argv: [join(bin, program), ...args],
    env: world.env,
  });
  return `${called.replace(/ \d$/, '')} ${/\d+\.\d[\w.]*/.exec(stdout + stderr)?.[0] ?? '?'}`;
}

export const installPeers = (root) => PEERS.map((peer) => had(peer, root));
