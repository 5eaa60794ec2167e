import type { SiteConfiguration } from '@cordboard/core';
import type { OutsideRules, SwitchTrunk } from '@cordboard/switch';

/** What the server runs with: the checked configuration file, its secrets and its defaults, as plain data. */
export interface ServerConfiguration {
  /** absolute path of the file that it came from */
  file: string;
  /** where the gateway listens for HTTP and WebSocket; loopback unless configured */
  gateway: ListenAddress;
  /** absolute paths of PEM files, or null = plain HTTP */
  tls: { certificate: string; key: string } | null;
  /** plain HTTP beyond loopback: a proxy in front does TLS */
  allowPlainHttp: boolean;
  /** opens /metrics and the details of /health from other machines; null = only this machine sees them */
  observerToken: string | null;
  /** of web pages that may connect, beside the gateway's own */
  allowedOrigins: string[];
  /** the window at /agent; null = it is not served */
  web: WebSettings | null;
  /** absolute path of the folder of everything that the server writes */
  dataFolder: string;
  logLevel: LogLevel;
  sites: SiteSetup[];
}

export interface WebSettings {
  /** public origins of its pages, beside those of this machine */
  origins: string[];
  /** at once */
  agents: number;
  agentsAProcess: number;
  idleSeconds: number;
}

export type LogLevel = 'error' | 'warn' | 'info' | 'debug';

/** Port 0 = any free one. */
export interface ListenAddress {
  host: string;
  port: number;
}

/** One site: what its routing loop knows, and what must not be journaled or belongs to others. */
export interface SiteSetup {
  configuration: SiteConfiguration;
  /** argon2id hashes in PHC form by agent id; a user without one cannot log on */
  passwordHashes: ReadonlyMap<number, string>;
  callManager: CallManagerSetup;
  templates: Template[];
  recordings: RecordingSetup;
}

export interface RecordingSetup {
  /** 0 = kept for ever */
  retentionDays: number;
}

export interface CallManagerSetup {
  /**
   * UDP and TCP; for browsers, with the pages that may come (none: those of this machine) and the URL that they are told (none: the
   * address); and over TLS, with absolute paths of PEM files
   */
  sip: ListenAddress & {
    webSocket?: ListenAddress & { origins: string[]; url?: string };
    tls?: ListenAddress & { certificate: string; key: string };
  };
  realm: string;
  extensions: ExtensionCredentials[];
  /** ways to the outside in the order in which they are tried, with their passwords */
  trunks: SwitchTrunk[];
  outside: OutsideRules;
  /** absolute paths */
  soundFolder: string;
  recordingFolder: string;
}

/** The HA1 of RFC 2617 §3.2.2.2 keeps the clear password out of the call manager. */
export interface ExtensionCredentials {
  extension: string;
  /** MD5(extension:realm:password), lower-case hex */
  ha1: string;
}

export interface Template {
  id: number;
  name: string;
  tenantId: number;
  kind: 'email' | 'sms' | 'attendantEmail';
  subject: string;
  body: string;
}
