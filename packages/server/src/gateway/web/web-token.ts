import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * What a window of the web application shows when it comes: this agent, in this logon. As the broker's tokens it is signed and not kept,
 * so that it outlives the server, and as they it is worth nothing once the agent is logged off or has logged on anew. It opens
 * windows alone: it is signed with another key than theirs.
 */
export interface WebToken {
  agentId: number;
  /** random name of the logon */
  logon: string;
  softphone: 0 | 1;
}

export interface WebTokenSigner {
  sign(token: WebToken): string;
  /** null: not one of ours */
  read(text: string): WebToken | null;
}

/** Letters that may stand in the name of a sub-protocol (RFC 6455 §4.1, a token of HTTP). */
const shape = /^(\d{1,10})\.([\w-]{22,64})\.([01])\.([\w-]{43})$/;

/** @param key the gateway's: the one used here is derived from it */
export function createWebTokenSigner(key: Uint8Array): WebTokenSigner {
  const own = createHmac('sha256', key).update('windows of the web application').digest();
  const signatureOf = (text: string) => createHmac('sha256', own).update(text).digest();
  return {
    sign({ agentId, logon, softphone }) {
      const text = `${agentId}.${logon}.${softphone}`;
      return `${text}.${signatureOf(text).toString('base64url')}`;
    },
    read(text) {
      const match = text.length <= 256 ? shape.exec(text) : null;
      if (match === null) return null;
      const [, agentId = '', logon = '', softphone = '', signature = ''] = match;
      const right = signatureOf(`${agentId}.${logon}.${softphone}`);
      const given = Buffer.from(signature, 'base64url');
      if (given.length !== right.length || !timingSafeEqual(given, right)) return null;
      return { agentId: Number(agentId), logon, softphone: softphone === '1' ? 1 : 0 };
    },
  };
}
