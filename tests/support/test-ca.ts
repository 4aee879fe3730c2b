import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface TestIdentity {
  readonly certificateFile: string;
  readonly keyFile: string;
  readonly certificate: string;
  readonly key: string;
}

export interface TestAuthority {
  readonly file: string;
  readonly pem: string;
  /** A certificate of this authority for 127.0.0.1 and `localhost`. */
  issue(name: string): TestIdentity;
}

const openssl = (...args: string[]): void => void execFileSync('openssl', args, { stdio: 'ignore' });

/** A certificate authority of a test's own, by openssl; its files lie in `folder`. */
export function createTestAuthority(folder: string, name = 'ca'): TestAuthority {
  const [key, file] = [join(folder, `${name}.key`), join(folder, `${name}.pem`)];
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  openssl('req', '-x509', ...curve, '-keyout', key, '-out', file, '-days', '2', '-subj', `/CN=${name}`);
  return {
    file,
    pem: readFileSync(file, 'utf8'),
    issue(subject) {
      const path = (ending: string) => join(folder, `${name}-${subject}.${ending}`);
      openssl('req', ...curve, '-keyout', path('key'), '-out', path('csr'), '-subj', `/CN=${subject}`);
      writeFileSync(path('ext'), 'subjectAltName=IP:127.0.0.1,DNS:localhost\n');
      const signing = ['-CA', file, '-CAkey', key, '-CAcreateserial', '-days', '2', '-extfile', path('ext')];
      openssl('x509', '-req', '-in', path('csr'), ...signing, '-out', path('pem'));
      return {
        certificateFile: path('pem'),
        keyFile: path('key'),
        certificate: readFileSync(path('pem'), 'utf8'),
        key: readFileSync(path('key'), 'utf8'),
      };
    },
  };
}
