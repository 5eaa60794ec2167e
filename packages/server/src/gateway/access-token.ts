import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * What a token says: this agent, in this logon. It is signed, not kept: a server that comes back, or another node with the same
 * key, knows it again. It is worth as much as the logon: the site refuses a client that is not the one of the agent's last
 * logon, and logs an agent off whose application stays away, so that a token does not live longer than a minute without use.
 */
export interface AccessToken {
  agentId: number;
  /** random name of the logon */
  logon: string;
  /** counts the tokens of one logon: each attach gives the next */
  generation: number;
}

export interface TokenSigner {
  sign(token: AccessToken): string;
  /** null: not one of ours */
  read(text: string): AccessToken | null;
}

const shape = /^(\d{1,10})\.([\w-]{22,64})\.(\d{1,10})\.([\w-]{43})$/;

/** @param key at least 32 random bytes */
export function createTokenSigner(key: Uint8Array): TokenSigner {
  if (key.length < 32) throw new Error('the key of access tokens needs 32 bytes');
  const signatureOf = (text: string) => createHmac('sha256', key).update(text).digest();
  return {
    sign({ agentId, logon, generation }) {
      const text = `${agentId}.${logon}.${generation}`;
      return `${text}.${signatureOf(text).toString('base64url')}`;
    },
    read(text) {
      const match = text.length <= 256 ? shape.exec(text) : null;
      if (match === null) return null;
      const [, agentId = '', logon = '', generation = '', signature = ''] = match;
      const given = Buffer.from(signature, 'base64url');
      const right = signatureOf(`${agentId}.${logon}.${generation}`);
      if (given.length !== right.length || !timingSafeEqual(given, right)) return null;
      return { agentId: Number(agentId), logon, generation: Number(generation) };
    },
  };
}
