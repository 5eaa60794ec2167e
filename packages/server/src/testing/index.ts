/** The parts of the server, for a simulation that puts them together over fakes. */
export { createTokenSigner } from '../gateway/access-token.ts';
export type { BrokerConnection } from '../gateway/broker.ts';
export { acceptBroker } from '../gateway/broker-connection.ts';
export type { LogonDirectory } from '../gateway/directory.ts';
export { createLogon } from '../gateway/logon.ts';
export { createLogons } from '../gateway/logons.ts';
export { presenceIn } from '../gateway/presence.ts';
export { createLogger, type LogEntry } from '../logging/logger.ts';
export type { SiteCore } from '../site/core.ts';
export type { Journal } from '../site/journal.ts';
export { decodeRow } from '../site/row.ts';
export { createSite, type Site } from '../site/site.ts';
export { voiceCore } from '../site/voice-core.ts';
