// The peers on the jobs that all can do, with the same profiles and the same STS as ours: the keys of a role behind two
// others (without MFA, for some would ask a person), from what is stored if they store, and those of one role afresh.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { PEERS, had } from './peers.mjs';
import { bareNode } from './rows.mjs';

export const STORED = 'the keys of a chain of 3 roles, asked for before';
export const AFRESH = 'the keys of one role, one AssumeRole';

/** Session keys on stdout, however they are written there. */
const KEYS = /ASIA/;

/** Ours on the same jobs. */
export function ownJobs(subject) {
  const { world, name } = subject;
  const keys = (profile, more) => subject.own([profile], { prints: KEYS, ...more });
  return [
    { job: STORED, name, beside: bareNode(world), command: () => keys('link-3') },
    {
      job: AFRESH,
      name,
      beside: bareNode(world),
      before: () => subject.forget(),
      command: () => keys('link-1', { env: subject.empty }),
    },
  ];
}

/** A peer's, or one that says why there are none. */
export function peerJobs(world, peer) {
  const { name, why, bin, env = {}, files = {} } = peer;
  if (why !== undefined) return [STORED, AFRESH].map((job) => ({ job, name, why }));
  const home = join(world.folder, `home-of-${name.replace(/\W+/g, '-')}`);
  const { config, chain, credentials } = world.company;
  const all = { '.aws/config': `${config}\n${chain}`, '.aws/credentials': credentials, ...files };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(home, path)), { recursive: true });
    writeFileSync(join(home, path), text, { mode: 0o600 });
  }
  const whole = { ...world.env, ...env, HOME: home, PATH: [bin, world.env.PATH].join(delimiter) };
  const words = ([program, ...args], more = {}, prints = peer.prints ?? KEYS) => ({
    argv: [join(bin, program), ...args],
    env: { ...whole, ...more },
    prints,
  });
  const { worker } = world.company;
  const keys = { AWS_ACCESS_KEY_ID: worker.accessKeyId, AWS_SECRET_ACCESS_KEY: worker.secretAccessKey };
  const prepare = peer.prepare && (() => world.stopwatch.run(words(peer.prepare, keys, /^/)));
  const forget = peer.forget && (() => rmSync(join(home, peer.forget), { recursive: true, force: true }));
  const common = { name, beside: bareNode(world), foreign: true };
  return [
    { ...common, job: STORED, prepare, command: () => words(peer.job('link-3')) },
    { ...common, job: AFRESH, before: forget, command: () => words(peer.job('link-1')) },
  ];
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
