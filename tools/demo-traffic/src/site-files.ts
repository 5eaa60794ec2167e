import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

/** What the customers need to know of a site. */
export interface SiteFiles {
  /** where its switch takes SIP over UDP */
  sip: { address: string; port: number };
  /** of what it plays */
  soundFolder: string;
  /** by extension */
  passwords: ReadonlyMap<string, string>;
}

/** A file that does not say what the customers need. */
export class SiteFilesError extends Error {
  override readonly name = 'SiteFilesError';
}

interface Configuration {
  dataFolder?: string;
  sites?: { id?: number; sip?: { listen?: string; soundFolder?: string } }[];
}

interface Secrets {
  sites?: Record<string, { extensions?: Record<string, { password?: string }> }>;
}

const read = <Content>(file: string): Content => {
  try {
    return (parse(readFileSync(file, 'utf8')) ?? {}) as Content;
  } catch (error) {
    throw new SiteFilesError(`${file}: ${(error as Error).message.split('\n', 1)[0]}`, { cause: error });
  }
};

const isFile = (file: string): boolean => statSync(file, { throwIfNoEntry: false })?.isFile() === true;

/**
 * The first site of a configuration. Passwords come from the secrets file beside its data: they stand on no command line.
 * @throws SiteFilesError
 */
export const readSiteFiles = (file: string, dataFolder?: string): SiteFiles => {
  const folder = path.dirname(path.resolve(file));
  const configuration = read<Configuration>(file);
  const site = configuration.sites?.[0];
  const [address = '', port = ''] = (site?.sip?.listen ?? '').split(':');
  if (!site?.sip?.soundFolder || address === '' || !(Number(port) > 0))
    throw new SiteFilesError(`${file}: its first site has no sip with listen and soundFolder`);
  const data = dataFolder ?? path.resolve(folder, configuration.dataFolder ?? '.');
  const secretsFile = path.join(data, 'secrets.yaml');
  if (!isFile(secretsFile)) throw new SiteFilesError(`${secretsFile} is not there`);
  const extensions = read<Secrets>(secretsFile).sites?.[`${site.id}`]?.extensions ?? {};
  return {
    sip: { address, port: Number(port) },
    soundFolder: path.resolve(folder, site.sip.soundFolder),
    passwords: new Map(
      Object.entries(extensions).flatMap(([extension, { password }]) =>
        password === undefined ? [] : [[extension, password]],
      ),
    ),
  };
};
