import type { connect, TabClient } from '@cordboard/sdk/tab';

/**
 * Whether the page is connected with the Agent application.
 *
 *   connecting --> connected <--> reconnecting
 *       '------> alone (nobody answered: the page stands in no tab)
 *       '------> refused (its origin has no right)
 */
export type Connection =
  | { type: 'connecting' }
  | { type: 'connected'; client: TabClient }
  | { type: 'reconnecting'; client: TabClient }
  | { type: 'alone' }
  | { type: 'refused'; reason: string };

export type Connect = typeof connect;

/** Any window of this machine, for the demo's port is not known here. A page of yours names the one origin that it trusts. */
const trusted = /http:\/\/(127\.0\.0\.1|localhost):\d+/;

const loadConnect = async (): Promise<Connect> => (await import('@cordboard/sdk/tab')).connect;

const reasonOf = (error: unknown): string | null => {
  if (!(error instanceof Error) || !('refusal' in error)) return null;
  const { refusal } = error as { refusal: { reason: string; detail?: string } | null };
  return refusal && [refusal.reason, refusal.detail].filter(Boolean).join(': ');
};

/** Tells how the connection is, from now on. */
export const followConnection = async (
  changed: (connection: Connection) => void,
  load: () => Promise<Connect> = loadConnect,
): Promise<void> => {
  changed({ type: 'connecting' });
  try {
    const client = await (await load())({ origin: trusted });
    client.on('connectionChanged', state => {
      if (state === 'closed') changed({ type: 'alone' });
      else changed({ type: state, client });
    });
    changed({ type: 'connected', client });
  } catch (error) {
    const reason = reasonOf(error);
    changed(reason === null ? { type: 'alone' } : { type: 'refused', reason });
  }
};

/** What the page says of its connection: short, and what can be done about it. */
export const connectionText = (connection: Connection): { short: string; advice: string } => {
  switch (connection.type) {
    case 'connecting':
      return { short: 'Connecting', advice: '' };
    case 'connected':
      return { short: 'Connected', advice: '' };
    case 'reconnecting':
      return {
        short: 'Reconnecting',
        advice: 'The Agent application is away; this page goes on by itself when it is back.',
      };
    case 'alone':
      return {
        short: 'Not connected',
        advice:
          'This page works in a tab of the Agent application. Start the demo with npm start, log on, and open its tab in the window.',
      };
    case 'refused':
      return {
        short: 'Refused',
        advice: `The Agent application refused this page (${connection.reason}). Its origin needs rights under pages in the configuration.`,
      };
  }
};
