/**
 * What Node runs in a process of its own to ask the keyring: its library is native code, and waits for ever for a D-Bus
 * that does not answer. The request comes on stdin and the answer goes to stdout, since secrets are in both. The
 * library's own errors are told by the first line of their message, which names no value.
 */
export const KEYRING_CHILD = `
const fs = require('node:fs');
const tell = (answer) => fs.writeFileSync(1, '\\n' + JSON.stringify(answer));
try {
  const { library, service, get = [], set = [], remove = [] } = JSON.parse(fs.readFileSync(0, 'utf8'));
  const { Entry } = require(library);
  const entry = (key) => new Entry(service, key);
  for (const [key, value] of set) entry(key).setPassword(value);
  const values = get.map((key) => entry(key).getPassword());
  for (const key of remove) entry(key).deletePassword();
  tell({ values });
} catch (error) {
  tell({ error: String(error?.message ?? error).split('\\n')[0] });
}
process.exit();
`;
