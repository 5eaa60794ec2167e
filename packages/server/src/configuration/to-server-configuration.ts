import path from 'node:path';
import type { SiteConfiguration } from '@cordboard/core';
import type { SwitchTrunk } from '@cordboard/switch';
import type {
  CallManagerSetup,
  ExtensionCredentials,
  ListenAddress,
  ServerConfiguration,
  SiteSetup,
  WebSettings,
} from './configuration.ts';
import type { Finding } from './problem.ts';
import type { ConfigurationFile, SiteSection } from './schema.ts';
import { digestHa1, type Secrets } from './secrets.ts';
import type { TrunkTlsSection } from './tls-schema.ts';
import { toFlow, toWaiting } from './to-flows.ts';
import { toWindow } from './to-window.ts';

/** What the routing loop knows of a site. */
export function toSiteConfiguration(site: SiteSection): SiteConfiguration {
  return {
    site: { id: site.id, name: site.name },
    tenants: site.tenants,
    users: site.users.map(({ passwordHash: _secret, tenant, ...user }) => ({ ...user, tenantId: tenant })),
    extensions: site.extensions.map(({ number, answering, protectedFromIntrusion }) => ({
      number,
      answering,
      protectedFromIntrusion,
    })),
    agentGroups: site.agentGroups,
    serviceGroups: site.serviceGroups.map(({ tenant, waiting, ...group }) => ({
      ...group,
      tenantId: tenant,
      ...(waiting !== undefined && { waiting: toWaiting(waiting) }),
    })),
    notReadyReasons: site.notReadyReasons,
    cqCodes: site.cqCodes,
    templates: site.templates.map(({ id, name, tenant, kind }) => ({ id, name, tenantId: tenant, kind })),
    numberTranslation: site.numberTranslation,
    emergencyNumbers: site.emergencyNumbers,
    outsideUri: site.trunks[0]?.uri ?? '',
    outsideByNumber: true,
    timers: site.timers,
    monitorNotice: site.monitorNotice,
    flows: site.flows.map(toFlow),
    openingHours: site.openingHours,
    ...(site.authentication !== undefined && { authentication: site.authentication }),
    ...toWindow(site),
  };
}

export interface Surroundings {
  /** absolute */
  file: string;
  /** absolute */
  dataFolder: string;
  secrets: Secrets;
  environment: NodeJS.ProcessEnv;
  /** texts of the files of trunks' authorities, by absolute path */
  authorities?: ReadonlyMap<string, string>;
}

/** The configuration with its secrets and absolute paths, and a finding for every password that is missing. */
export function toServerConfiguration(
  configuration: ConfigurationFile,
  { file, dataFolder, secrets, environment, authorities }: Surroundings,
): { value: ServerConfiguration; findings: Finding[] } {
  const findings: Finding[] = [];
  const fromFile = (name: string): string => path.resolve(path.dirname(file), name);
  const { gateway } = configuration;
  const tokenVariable = gateway.observerTokenFromEnvironment;
  const observerToken = tokenVariable === undefined ? null : (environment[tokenVariable] ?? '');
  if (observerToken === '') {
    findings.push({
      path: ['gateway', 'observerTokenFromEnvironment'],
      message: `expected the variable ${tokenVariable} in the environment`,
    });
  }
  const sites = configuration.sites.map((site, index): SiteSetup => {
    const own = secrets.sites[site.id] ?? { users: {}, extensions: {} };
    return {
      configuration: toSiteConfiguration(site),
      passwordHashes: passwordHashes(site, own.users, message =>
        findings.push({ path: ['sites', index, 'users', message.index], message: message.text }),
      ),
      callManager: {
        sip: toSipAddresses(site.sip, fromFile),
        realm: site.sip.realm,
        extensions: credentials(site, own.extensions, environment, message =>
          findings.push({ path: ['sites', index, 'extensions', message.index], message: message.text }),
        ),
        trunks: trunks(
          site,
          own.trunks ?? {},
          environment,
          name => authorities?.get(fromFile(name)) ?? '',
          message =>
            findings.push({ path: ['sites', index, 'trunks', message.index], message: message.text }),
        ),
        outside: {
          anonymousPrefix: site.anonymousCallPrefix,
          emergencyNumbers: site.emergencyNumbers,
        },
        soundFolder: fromFile(site.sip.soundFolder),
        recordingFolder: path.resolve(dataFolder, site.sip.recordingFolder),
      },
      recordings: site.recordings,
      templates: site.templates.map(({ tenant, ...template }) => ({ ...template, tenantId: tenant })),
    };
  });
  return {
    findings,
    value: {
      file,
      gateway: toListenAddress(gateway.listen),
      tls: gateway.tls
        ? { certificate: fromFile(gateway.tls.certificate), key: fromFile(gateway.tls.key) }
        : null,
      observerToken,
      allowPlainHttp: gateway.allowPlainHttp,
      allowedOrigins: gateway.allowedOrigins,
      web: gateway.web.enabled ? toWebSettings(gateway.web) : null,
      dataFolder,
      logLevel: configuration.logLevel,
      sites,
    },
  };
}

const toWebSettings = ({ enabled: _on, ...settings }: ConfigurationFile['gateway']['web']): WebSettings =>
  settings;

type Report = (message: { index: number; text: string }) => void;

function passwordHashes(
  site: SiteSection,
  secrets: Secrets['sites'][string]['users'],
  report: Report,
): Map<number, string> {
  const hashes = new Map<number, string>();
  for (const [index, user] of site.users.entries()) {
    const hash = user.passwordHash ?? (Object.hasOwn(secrets, user.logonId) ? secrets[user.logonId] : null);
    if (typeof hash === 'string') hashes.set(user.id, hash);
    else if (hash) hashes.set(user.id, hash.passwordHash);
    else report({ index, text: `expected a passwordHash, here or in the secrets file, for ${user.logonId}` });
  }
  return hashes;
}

function credentials(
  site: SiteSection,
  secrets: Secrets['sites'][string]['extensions'],
  environment: NodeJS.ProcessEnv,
  report: Report,
): ExtensionCredentials[] {
  return site.extensions.flatMap(({ number, passwordFromEnvironment: variable }, index) => {
    const secret = Object.hasOwn(secrets, number) ? secrets[number] : undefined;
    const password = variable === undefined ? undefined : environment[variable];
    if (password) return [{ extension: number, ha1: digestHa1(number, site.sip.realm, password) }];
    if (variable !== undefined) {
      report({ index, text: `expected the variable ${variable} in the environment` });
      return [];
    }
    if (secret === undefined) {
      report({
        index,
        text: `expected a password for ${number} in the secrets file, or passwordFromEnvironment`,
      });
      return [];
    }
    const ha1 = 'ha1' in secret ? secret.ha1 : digestHa1(number, site.sip.realm, secret.password);
    return [{ extension: number, ha1 }];
  });
}

function trunks(
  site: SiteSection,
  secrets: NonNullable<Secrets['sites'][string]['trunks']>,
  environment: NodeJS.ProcessEnv,
  textOf: (file: string) => string,
  report: Report,
): SwitchTrunk[] {
  return site.trunks.map(({ account, tls, ...plain }, index) => {
    const trunk = { ...plain, ...(tls && { tls: toTrunkTls(tls, textOf) }) };
    if (account === undefined) return { ...trunk, user: '', password: '', registerSeconds: 0 };
    const { user, passwordFromEnvironment: variable } = account;
    const secret = Object.hasOwn(secrets, trunk.name) ? secrets[trunk.name]?.password : undefined;
    const password = variable === undefined ? secret : environment[variable];
    if (!password) {
      const text =
        variable === undefined
          ? `expected a password for ${trunk.name} in the secrets file under trunks, or passwordFromEnvironment`
          : `expected the variable ${variable} in the environment`;
      report({ index, text });
    }
    const registerSeconds = account.register ? account.registerSeconds : 0;
    return { ...trunk, user, password: password ?? '', registerSeconds };
  });
}

function toTrunkTls(
  { name, authorities }: TrunkTlsSection,
  textOf: (file: string) => string,
): NonNullable<SwitchTrunk['tls']> {
  return {
    ...(name !== undefined && { name }),
    ...(authorities !== undefined && { authorities: textOf(authorities) }),
  };
}

/** `host:port`, checked by the schema but for the size of the port. */
function toSipAddresses(
  { listen, webSocket, webSocketOrigins: origins, webSocketUrl: url, tls }: SiteSection['sip'],
  fromFile: (name: string) => string,
): CallManagerSetup['sip'] {
  const plain = {
    ...toListenAddress(listen),
    ...(tls && {
      tls: {
        ...toListenAddress(tls.listen),
        certificate: fromFile(tls.certificate),
        key: fromFile(tls.key),
      },
    }),
  };
  return webSocket === undefined
    ? plain
    : { ...plain, webSocket: { ...toListenAddress(webSocket), origins, ...(url !== undefined && { url }) } };
}

function toListenAddress(text: string): ListenAddress {
  const colon = text.lastIndexOf(':');
  return { host: text.slice(0, colon).replace(/^\[|\]$/g, ''), port: Number(text.slice(colon + 1)) };
}
