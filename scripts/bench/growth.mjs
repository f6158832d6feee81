// How the time grows with the profiles, with the roles of a chain, and with those who come at once.
import { LINKS } from './world.mjs';
import { bareNode } from './rows.mjs';

const KEYS = /AWS_SESSION_TOKEN/;
const AT_ONCE = 50;

/** A stored session among so many profiles, resolved anew: else none of them is looked at. */
export function byProfiles(subject) {
  const { world } = subject;
  return [10, 100, 1_000, 10_000].map((count) => {
    const env = { AWS_CONFIG_FILE: world.configOf(count) };
    const command = subject.own(['reader'], { env, prints: KEYS });
    return {
      name: `stored, ${count.toLocaleString('en')} profiles`,
      beside: bareNode(world),
      command: () => command,
      before: () => subject.forgetNotes(),
    };
  });
}

/** A stored session at the end of a chain of so many roles, likewise. */
export function byLinks(subject) {
  const { world } = subject;
  return [1, 5, 10, 25, LINKS].map((count) => ({
    name: `stored, a chain of ${count} role${count === 1 ? '' : 's'}`,
    beside: bareNode(world),
    command: () => subject.own([`link-${count}`], { prints: KEYS }),
    before: () => subject.forgetNotes(),
  }));
}

/** As many shells that start at the same moment, where nothing is stored: all of them want the same session. */
export function atOnce(subject) {
  const empty = `TSAWSUME_HOME='${subject.empty.TSAWSUME_HOME}'`;
  const all = (command) =>
    subject.bash(
      `for i in {1..${AT_ONCE}}; do ${command} >/dev/null & pids+=" $!"; done; for pid in $pids; do wait $pid || exit 1; done; echo all`,
      /^all$/m,
    );
  return [
    {
      name: `${AT_ONCE} processes at once, nothing stored`,
      beside: all(`'${process.execPath}' -e 0`),
      command: () => all(`${empty} tsawsume reader`),
      before: () => subject.forget(),
      runs: 5,
    },
  ];
}
