import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { checkReferences } from './check-references.ts';
import { checkSchema } from './check-schema.ts';
import { checkSounds } from './check-sounds.ts';
import type { ServerConfiguration } from './configuration.ts';
import type { Finding, Problem } from './problem.ts';
import { publishedSchema } from './published-schema.ts';
import type { ConfigurationFile } from './schema.ts';
import { addMissingSecrets, readSecrets, writeSecrets } from './secrets.ts';
import { checkTlsFiles, readAuthorities } from './tls-files.ts';
import { toServerConfiguration } from './to-server-configuration.ts';
import { readYaml, type YamlFile } from './yaml-file.ts';

export interface LoadOptions {
  file: string;
  environment: NodeJS.ProcessEnv;
  log: (line: string) => void;
  /** used instead of the file's `dataFolder` */
  dataFolder?: string;
}

export type LoadResult =
  | { ok: true; configuration: ServerConfiguration }
  | { ok: false; problems: Problem[] };

/**
 * Reads and checks the configuration file and its secrets. Every problem that can be seen is reported at once: what refers to something
 * else is checked when the file has the right shape, passwords when all refers to what there is.
 */
export async function loadConfiguration(options: LoadOptions): Promise<LoadResult> {
  const file = path.resolve(options.file);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    return {
      ok: false,
      problems: [{ file, line: 1, column: 1, path: '', message: (error as Error).message }],
    };
  }
  const read = readYaml(file, text);
  if (!read.ok) return read;
  const data = read.yaml.data ?? {};
  const shape = [...checkSchema(publishedSchema(), data)];
  if (shape.length > 0) return refuse(read.yaml, shape);
  const configuration = data as ConfigurationFile;
  const references = [
    ...checkReferences(configuration),
    ...checkPorts(configuration),
    ...(await checkTlsFiles(configuration, file)),
    ...(await checkSounds(configuration, file)),
  ];
  if (references.length > 0) return refuse(read.yaml, references);

  const dataFolder = path.resolve(
    options.dataFolder ?? path.resolve(path.dirname(file), configuration.dataFolder),
  );
  const secretsFile = path.resolve(dataFolder, configuration.secretsFile);
  const found = await readSecrets(secretsFile);
  if (!found.ok) return found;
  const { secrets } = found;
  if (configuration.createMissingSecrets) {
    const made = await addMissingSecrets(configuration, secrets);
    if (made > 0) {
      await writeSecrets(secretsFile, secrets);
      options.log(`made ${made} random passwords: they are in ${secretsFile}`);
    }
  }
  const { value, findings } = toServerConfiguration(configuration, {
    file,
    dataFolder,
    secrets,
    environment: options.environment,
    authorities: await readAuthorities(configuration, file),
  });
  return findings.length > 0 ? refuse(read.yaml, findings) : { ok: true, configuration: value };
}

function refuse(yaml: YamlFile, findings: Finding[]): LoadResult {
  const problems = findings.map(yaml.problem);
  return {
    ok: false,
    problems: problems.sort((one, other) => one.line - other.line || one.column - other.column),
  };
}

function checkPorts({ gateway, sites }: ConfigurationFile): Finding[] {
  const places = [
    { path: ['gateway', 'listen'], address: gateway.listen },
    ...sites.map((site, index) => ({ path: ['sites', index, 'sip', 'listen'], address: site.sip.listen })),
    ...sites.flatMap(({ sip }, index) => [
      { path: ['sites', index, 'sip', 'webSocket'], address: sip.webSocket ?? '' },
      { path: ['sites', index, 'sip', 'tls', 'listen'], address: sip.tls?.listen ?? '' },
    ]),
  ];
  return places
    .filter(({ address }) => Number(address.slice(address.lastIndexOf(':') + 1)) > 65_535)
    .map(({ path: at, address }) => ({ path: at, message: `expected a port up to 65535, found ${address}` }));
}
