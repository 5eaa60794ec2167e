import { createHash, createHmac } from 'node:crypto';
import type { SoftphoneGrant } from '@cordboard/contract';
import type { SwitchSoftphone } from '@cordboard/switch';

/** One logon that is good now, and its phone's extension. */
export interface LogonOfAgent {
  agentId: number;
  logon: string;
  extension: string;
}

export interface SoftphonesOptions {
  /** secret, the same over restarts of the server */
  key: Uint8Array;
  realm: string;
  /** where pages register; null = nowhere */
  webSocket(): string | null;
  /** the logon of an agent; null = he is logged off, undefined = not known now */
  logonOf(agentId: number): LogonOfAgent | null | undefined;
  /** of everybody; null = not known now */
  logons(): LogonOfAgent[] | null;
  /** the call manager shall be told of the credentials anew */
  changed(): void;
}

/** Credentials for the phones in the windows of the agents: made for a logon, and gone with it. */
export interface Softphones {
  /** null: the site has no phones in browsers, or this is no logon of now */
  grant(agentId: number, logon: string): SoftphoneGrant | null;
  /** what the call manager is told */
  credentials(): SwitchSoftphone[];
  /** something of these agents is another */
  look(agentIds: Iterable<number>): void;
}

/**
 * Nothing is kept: name and password are MACs over the name of the logon, so a server that comes back knows those of everybody who is
 * still logged on. Only who asked is told to the call manager; after a restart nobody knows who had asked, so all are.
 */
export function createSoftphones(options: SoftphonesOptions): Softphones {
  const { realm } = options;
  let asked: Map<number, SwitchSoftphone & { logon: string }> | null = null;
  const mac = (text: string) => createHmac('sha256', options.key).update(text).digest('base64url');

  function secretsOf({ logon, extension }: LogonOfAgent): { user: string; password: string } {
    return {
      user: `${extension}.${mac(`softphone user ${logon} ${extension}`).slice(0, 16)}`,
      password: mac(`softphone password ${logon} ${extension}`),
    };
  }

  function credentialOf(found: LogonOfAgent): SwitchSoftphone & { logon: string } {
    const { user, password } = secretsOf(found);
    const ha1 = createHash('md5').update(`${user}:${realm}:${password}`).digest('hex');
    return { user, extension: found.extension, ha1, logon: found.logon };
  }

  function known(): Map<number, SwitchSoftphone & { logon: string }> {
    if (asked !== null) return asked;
    const logons = options.webSocket() === null ? [] : options.logons();
    if (logons === null) return new Map();
    asked = new Map(logons.map(each => [each.agentId, credentialOf(each)]));
    return asked;
  }

  return {
    grant(agentId, logon) {
      const webSocket = options.webSocket();
      const found = options.logonOf(agentId);
      if (webSocket === null || found?.logon !== logon) return null;
      const before = known().get(agentId);
      if (before?.logon !== logon || before.extension !== found.extension) {
        known().set(agentId, credentialOf(found));
        options.changed();
      }
      return { webSocket, extension: found.extension, ...secretsOf(found) };
    },
    credentials: () => [...known().values()].map(({ user, extension, ha1 }) => ({ user, extension, ha1 })),
    look(agentIds) {
      if (asked === null || asked.size === 0) return;
      let ended = false;
      for (const agentId of agentIds) {
        const mine = asked.get(agentId);
        const now = mine && options.logonOf(agentId);
        if (mine === undefined || now === undefined || now?.logon === mine.logon) continue;
        asked.delete(agentId);
        ended = true;
      }
      if (ended) options.changed();
    },
  };
}
