import type { LaunchParameters, LogonRequest } from '@cordboard/contract';
import type { AgentSettings } from './settings.ts';

/** Everything that a logon needs, from what was given and what is configured. */
export interface Login {
  request: LogonRequest;
  /** of the logon service */
  server: URL;
  /** null: where the logon service says */
  broker: { host: string | null; port: number | null };
}

const given = (value: string | null | undefined): string | null => (value ? value : null);

/** A machine, `host:port`, or a whole URL. */
const serverUrl = (configured: string, override: string | null): URL | null => {
  if (override === null) return URL.canParse(configured) ? new URL(configured) : null;
  if (override.includes('://')) return URL.canParse(override) ? new URL(override) : null;
  if (!URL.canParse(configured)) return null;
  const url = new URL(configured);
  // the setter of URL ignores what is no host
  url.host = override;
  return url.host.startsWith(override.toLowerCase()) ? url : null;
};

/** Null: no logon id was given, or the server is no URL. Empty and null stand for what is configured. */
export const loginOf = (parameters: LaunchParameters, settings: AgentSettings): Login | null => {
  const logonId = given(parameters.logonId);
  const server = serverUrl(settings.server, given(parameters.webServer));
  if (logonId === null || server === null) return null;
  const extension = given(parameters.extension) ?? settings.extension;
  const extensionPassword = given(parameters.extensionPassword);
  const siteName = given(parameters.siteName) ?? settings.site;
  return {
    server,
    broker: {
      host: given(parameters.brokerServer),
      port: parameters.brokerPort ? parameters.brokerPort : null,
    },
    request: {
      logonId,
      password: parameters.password ?? '',
      ...(extension !== null && { extension }),
      ...(extensionPassword !== null && { extensionPassword }),
      ...(siteName !== null && { siteName }),
    },
  };
};

/** Ends the same agent's logon elsewhere. */
export const withTakeOver = (login: Login): Login => ({
  ...login,
  request: { ...login.request, takeOver: true },
});

/** The broker's address: as the grant says, relative to the logon service, with what was overridden. */
export const brokerUrl = (login: Login, granted: string): URL => {
  const url = new URL(granted, login.server);
  if (url.protocol === 'http:') url.protocol = 'ws:';
  if (url.protocol === 'https:') url.protocol = 'wss:';
  if (login.broker.host !== null) url.hostname = login.broker.host;
  if (login.broker.port !== null) url.port = `${login.broker.port}`;
  return url;
};
