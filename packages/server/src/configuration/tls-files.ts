import { X509Certificate } from 'node:crypto';
import { access, constants, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Finding, ValuePath } from './problem.ts';
import type { ConfigurationFile } from './schema.ts';

interface Wanted {
  path: ValuePath;
  /** as written */
  file: string;
  isAuthorities: boolean;
}

/** Every PEM file that the configuration names: can it be read, and, where it is public, does it hold certificates? */
export async function checkTlsFiles(configuration: ConfigurationFile, file: string): Promise<Finding[]> {
  const folder = path.dirname(file);
  const checks = wantedFiles(configuration).map(async (wanted): Promise<Finding[]> => {
    const where = path.resolve(folder, wanted.file);
    try {
      if (wanted.isAuthorities) assertCertificates(await readFile(where, 'utf8'));
      else await access(where, constants.R_OK);
      return [];
    } catch (error) {
      const what = wanted.isAuthorities ? 'a file of certificates (PEM)' : 'a readable file';
      return [{ path: wanted.path, message: `expected ${what}: ${(error as Error).message}` }];
    }
  });
  return (await Promise.all(checks)).flat();
}

/** The texts of the authorities' files, by absolute path: the call manager is given what they say. */
export async function readAuthorities(
  configuration: ConfigurationFile,
  file: string,
): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  for (const wanted of wantedFiles(configuration)) {
    if (!wanted.isAuthorities) continue;
    const where = path.resolve(path.dirname(file), wanted.file);
    texts.set(where, await readFile(where, 'utf8'));
  }
  return texts;
}

function wantedFiles({ gateway, sites }: ConfigurationFile): Wanted[] {
  const own = (tls: { certificate: string; key: string } | undefined, at: ValuePath): Wanted[] =>
    tls === undefined
      ? []
      : (['certificate', 'key'] as const).map(name => ({
          path: [...at, name],
          file: tls[name],
          isAuthorities: false,
        }));
  return [
    ...own(gateway.tls, ['gateway', 'tls']),
    ...sites.flatMap((site, index) => [
      ...own(site.sip.tls, ['sites', index, 'sip', 'tls']),
      ...site.trunks.flatMap(({ tls }, number) =>
        tls?.authorities === undefined
          ? []
          : [
              {
                path: ['sites', index, 'trunks', number, 'tls', 'authorities'],
                file: tls.authorities,
                isAuthorities: true,
              },
            ],
      ),
    ]),
  ];
}

/** What the call manager takes of one trunk. */
const longest = 64_000;

function assertCertificates(text: string): void {
  if (text.length > longest) throw new Error(`it is longer than ${longest} characters`);
  const certificates = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  if (certificates.length === 0) throw new Error('there is none in it');
  if (text.includes('PRIVATE KEY')) throw new Error('a private key is in it');
  for (const certificate of certificates) new X509Certificate(certificate);
}
