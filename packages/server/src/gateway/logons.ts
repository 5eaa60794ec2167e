import { randomBytes } from 'node:crypto';
import type { AccessToken } from './access-token.ts';
import type { BrokerConnection } from './broker.ts';

/** Who is connected, and which tokens are still good. What outlives the process is in the site's state. */
export interface Logons {
  /** a new logon of an agent; its client name towards the site */
  begin(): string;
  connection(agentId: number): BrokerConnection | undefined;
  connections(): Iterable<BrokerConnection>;
  readonly size: number;
  /** a token that was replaced by a newer one which has been used is worth nothing */
  isCurrent(token: AccessToken): boolean;
  /** the token with which the application of a logon attaches next */
  token(agentId: number, logon: string): AccessToken;
  /** the token was used: the next one of the same logon, and this one until the next is used */
  renew(token: AccessToken): AccessToken;
  /** returns the connection that this one replaces */
  connect(agentId: number, connection: BrokerConnection): BrokerConnection | undefined;
  /** false: another connection has taken its place */
  disconnect(agentId: number, connection: BrokerConnection): boolean;
}

/** Of logons whose generation is remembered; one that is forgotten accepts its older tokens again, as after a restart. */
const rememberedLogons = 50_000;

export function createLogons(): Logons {
  const connections = new Map<number, BrokerConnection>();
  const used = new Map<string, number>();
  return {
    begin: () => randomBytes(24).toString('base64url'),
    connection: agentId => connections.get(agentId),
    connections: () => connections.values(),
    get size() {
      return connections.size;
    },
    isCurrent: token => token.generation >= (used.get(token.logon) ?? 0),
    token: (agentId, logon) => ({ agentId, logon, generation: used.get(logon) ?? 1 }),
    renew(token) {
      used.delete(token.logon);
      used.set(token.logon, token.generation);
      const [oldest] = used.keys();
      if (used.size > rememberedLogons && oldest !== undefined) used.delete(oldest);
      return { ...token, generation: token.generation + 1 };
    },
    connect(agentId, connection) {
      const earlier = connections.get(agentId);
      connections.set(agentId, connection);
      return earlier === connection ? undefined : earlier;
    },
    disconnect(agentId, connection) {
      if (connections.get(agentId) !== connection) return false;
      connections.delete(agentId);
      return true;
    },
  };
}
