import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

/** What a person is told of a site that runs. */
export interface SiteFacts {
  id: number;
  name: string;
  /** URL of its gateway */
  gateway: string;
  /** `host:port` of its SIP */
  sip: string;
  numbers: { number: string; what: string }[];
  users: { logonId: string; name: string; extension: string }[];
  secretsFile: string;
}

interface Configuration {
  gateway?: { listen?: string; tls?: object };
  dataFolder?: string;
  secretsFile?: string;
  sites: {
    id: number;
    name?: string;
    sip?: { listen?: string };
    users?: { logonId: string; name?: string; extension?: string }[];
    serviceGroups?: { name: string; numbers?: string[] }[];
    flows?: { name: string; numbers?: string[] }[];
  }[];
}

interface Secrets {
  sites?: Record<
    string,
    {
      users?: Record<string, { initialPassword?: string }>;
      extensions?: Record<string, { password?: string }>;
    }
  >;
}

/** `0.0.0.0` is where it listens, not where it is found. */
const reachable = (listen: string): string => listen.replace(/^(0\.0\.0\.0|\[?::\]?)(?=:\d+$)/, '127.0.0.1');

/** Of each site in a configuration that the server has accepted. */
export const readSiteFacts = (file: string, dataFolder: string | null): SiteFacts[] => {
  const configuration = parse(readFileSync(file, 'utf8')) as Configuration;
  const folder = path.dirname(path.resolve(file));
  const data = dataFolder
    ? path.resolve(dataFolder)
    : path.resolve(folder, configuration.dataFolder ?? 'data');
  const scheme = configuration.gateway?.tls ? 'https' : 'http';
  return configuration.sites.map(site => ({
    id: site.id,
    name: site.name ?? `${site.id}`,
    gateway: `${scheme}://${reachable(configuration.gateway?.listen ?? '127.0.0.1:8480')}`,
    sip: reachable(site.sip?.listen ?? '127.0.0.1:5060'),
    numbers: [...(site.serviceGroups ?? []), ...(site.flows ?? [])].flatMap(each =>
      (each.numbers ?? []).map(number => ({ number, what: each.name })),
    ),
    users: (site.users ?? []).map(user => ({
      logonId: user.logonId,
      name: user.name ?? user.logonId,
      extension: user.extension ?? '',
    })),
    secretsFile: path.resolve(data, configuration.secretsFile ?? 'secrets.yaml'),
  }));
};

/** The first passwords that the server made; '' where it made none. */
export interface FirstPasswords {
  ofUser(logonId: string): string;
  ofExtension(extension: string): string;
}

export const readFirstPasswords = (facts: SiteFacts): FirstPasswords => {
  const secrets = (parse(readFileSync(facts.secretsFile, 'utf8')) as Secrets).sites?.[`${facts.id}`];
  return {
    ofUser: logonId => secrets?.users?.[logonId]?.initialPassword ?? '',
    ofExtension: extension => secrets?.extensions?.[extension]?.password ?? '',
  };
};
