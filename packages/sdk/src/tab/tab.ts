import type { Refusal } from '@cordboard/contract';
import type { TrustedOrigin } from './handshake.ts';
import { browserSurroundings, type PageSurroundings } from './page-surroundings.ts';
import { createTabClient, type TabClient } from './tab-client.ts';

export { ArgumentError, ClientClosedError } from '../errors.ts';
export type { TrustedOrigin } from './handshake.ts';
export type { TabClient, TabEventName, TabEvents } from './tab-client.ts';

export interface ConnectOptions {
  /**
   * Where the Agent application's window may be: an origin, or a pattern of the whole of it, or several. Unless told, the origin
   * that this script was loaded from: the application serves it as `/tab.js`.
   */
  origin?: TrustedOrigin | readonly TrustedOrigin[];
  /** so long the first connection is waited for, 10 s unless told */
  timeoutMilliseconds?: number;
  /** of each request, 10 s unless told */
  deadlineMilliseconds?: number;
  /** a test's own */
  surroundings?: PageSurroundings;
}

/** The page is in no tab of an Agent application that takes it. */
export class NotConnectedError extends Error {
  override readonly name = 'NotConnectedError';
  /** why the application refused the page; null: nobody answered */
  readonly refusal: Refusal | null;

  constructor(refusal: Refusal | null) {
    super(
      refusal
        ? `The Agent application refused the page: ${refusal.reason} ${refusal.detail ?? ''}`
        : 'No Agent application answered: the page is in no tab of its window, or its origin is not configured there.',
    );
    this.refusal = refusal;
  }
}

const originOfScript = (): string[] => {
  const { protocol, origin } = new URL(import.meta.url);
  return protocol === 'http:' || protocol === 'https:' ? [origin] : [];
};

/**
 * Connects a page in a web tab, or one that was opened in a window from there, with the Agent application.
 * @throws NotConnectedError when nobody answered in time, or the page was refused
 */
export const connect = async (options: ConnectOptions = {}): Promise<TabClient> => {
  const { origin, surroundings = browserSurroundings(), timeoutMilliseconds = 10_000 } = options;
  const trusted = origin === undefined ? originOfScript() : [origin].flat();
  if (trusted.length === 0) throw new TypeError('connect needs the origin of the Agent application.');
  const client = createTabClient({
    surroundings,
    trusted,
    ...(options.deadlineMilliseconds !== undefined && { deadlineMilliseconds: options.deadlineMilliseconds }),
  });
  const connected = await new Promise<boolean>(resolve => {
    const cancel = surroundings.after(surroundings.host ? timeoutMilliseconds : 0, () => resolve(false));
    client.once('connectionChanged', () => {
      cancel();
      resolve(true);
    });
  });
  if (connected) return client;
  const { lastRefusal } = client;
  client.close();
  throw new NotConnectedError(lastRefusal);
};
