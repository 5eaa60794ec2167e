import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** PEM files of a test, made by OpenSSL. */
export interface TestCertificate {
  certificate: string;
  key: string;
  /** the certificate's text */
  pem: string;
}

export interface TestAuthority extends TestCertificate {
  /** one of its certificates, with this subjectAltName as OpenSSL writes it (`DNS:a.example`) */
  issue(name: string, subjectAltName: string, days?: number): Promise<TestCertificate>;
}

const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

export async function createTestAuthority(folder: string, name = 'authority'): Promise<TestAuthority> {
  const own = { certificate: join(folder, `${name}.pem`), key: join(folder, `${name}.key`) };
  const authority = ['-x509', '-days', '2', '-addext', 'basicConstraints=critical,CA:TRUE'];
  await run('openssl', [
    ...['req', ...authority, ...curve, '-subj', `/CN=${name}`],
    ...['-out', own.certificate, '-keyout', own.key],
  ]);
  return {
    ...own,
    pem: await readFile(own.certificate, 'utf8'),
    async issue(issued, subjectAltName, days = 1) {
      const certificate = join(folder, `${issued}.pem`);
      const key = join(folder, `${issued}.key`);
      const request = join(folder, `${issued}.csr`);
      const extensions = join(folder, `${issued}.ext`);
      await run('openssl', ['req', '-new', ...curve, '-subj', '/CN=test', '-out', request, '-keyout', key]);
      await writeFile(extensions, `subjectAltName=${subjectAltName}\n`);
      await run('openssl', [
        ...['x509', '-req', '-in', request, '-CA', own.certificate, '-CAkey', own.key, '-CAcreateserial'],
        ...['-days', `${days}`, '-extfile', extensions, '-out', certificate],
      ]);
      return { certificate, key, pem: await readFile(certificate, 'utf8') };
    },
  };
}
