import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A certificate that vouches for itself, and its key. */
export interface Certificate {
  readonly file: string;
  readonly tls: { readonly key: string; readonly cert: string };
}

/**
 * Makes one in a folder.
 * @param names who it is for, as openssl writes subjectAltName.
 */
export function makeCertificate(folder: string, name: string, names: string): Certificate {
  const [keyFile, file] = [join(folder, `${name}-key.pem`), join(folder, `${name}.pem`)];
  const how = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=sandbox';
  const what = ['-addext', `subjectAltName=${names}`, '-keyout', keyFile, '-out', file];
  execFileSync('openssl', [...how.split(' '), ...what], { stdio: 'ignore' });
  return { file, tls: { key: readFileSync(keyFile, 'utf8'), cert: readFileSync(file, 'utf8') } };
}
