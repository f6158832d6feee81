// The STS of the bench: the sandbox's, in a process of its own, with what the rows need beyond its small company: a chain
// of fifty roles, and people with an MFA device each, for a code is taken once. It ends with whoever started it.
import { startSandbox } from '../../src/sandbox/server';
import { companyFiles } from '../../src/sandbox/company-files';
import { mfaSecret, secretKey, uniqueId } from '../../src/sandbox/ids';
import { roleArn } from '../../src/sandbox/cloud';

const [links, people] = process.argv.slice(2).map(Number);
const account = '111122223333';
const everybody = [`arn:aws:iam::${account}:root`];
const permissions = [{ actions: ['*'], resources: ['*'] }];
const numbers = (count) => Array.from({ length: count }, (_, i) => i + 1);

const { url, cloud, company, journal } = await startSandbox();

const chain = numbers(links).map((n) => {
  const role = { account, name: `link-${n}`, trust: { principals: everybody }, permissions };
  cloud.addRole(role);
  // Dev may assume the company's own roles alone: the first has a user of ours behind it.
  const source = n === 1 ? 'worker' : `link-${n - 1}`;
  return `[profile link-${n}]\nrole_arn = ${roleArn(role)}\nsource_profile = ${source}\nregion = us-east-1\n`;
});

function addUser(name, devices = []) {
  const key = { accessKeyId: uniqueId('AKIA'), secretAccessKey: secretKey() };
  cloud.addUser({ account, name, permissions, keys: [key], devices });
  const { accessKeyId, secretAccessKey } = key;
  return {
    ...key,
    section: `[${name}]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`,
  };
}

const worker = addUser('worker');
const mfaRole = { account, name: 'with-mfa', trust: { principals: everybody, mfa: {} }, permissions };
cloud.addRole(mfaRole);
const persons = numbers(people).map((n) => {
  const serial = `arn:aws:iam::${account}:mfa/person-${n}`;
  const { section } = addUser(`person-${n}`, [{ serial, secret: mfaSecret() }]);
  const profile = `[profile mfa-${n}]\nrole_arn = ${roleArn(mfaRole)}\nsource_profile = person-${n}\nmfa_serial = ${serial}\n`;
  return { serial, section, profile };
});

const own = companyFiles(company);
process.send({
  url,
  config: own.config,
  credentials: `${own.credentials}\n${worker.section}`,
  worker: { accessKeyId: worker.accessKeyId, secretAccessKey: worker.secretAccessKey },
  chain: chain.join('\n'),
  device: company.users.dev.device.serial,
  serials: persons.map(({ serial }) => serial),
  peopleConfig: persons.map(({ profile }) => profile).join('\n'),
  peopleCredentials: persons.map(({ section }) => section).join('\n'),
});

const answers = {
  /** One that is taken now, although another was just spent. */
  code: (serial) => cloud.freshCode(serial),
  /** The calls since this was asked last. */
  calls: () => {
    const made = journal.calls.map(({ action }) => action);
    journal.clear();
    return made;
  },
};
process.on('message', ({ what, of }) => process.send({ answer: answers[what](of) }));
process.on('disconnect', () => process.exit());
