import { createHash } from 'node:crypto';

/**
 * SIP as the test phone reads and writes it. Deliberately not the switch's own parser, and simpler: an error that both
 * shared would be invisible to tests.
 */
export interface PhoneMessage {
  /** request line or status line */
  start: string;
  /** 0 for a request */
  status: number;
  /** of the request, or of the request that a response answers */
  method: string;
  headers: [name: string, value: string][];
  body: string;
}

const fullNames: Record<string, string> = {
  v: 'via',
  f: 'from',
  t: 'to',
  i: 'call-id',
  m: 'contact',
  l: 'content-length',
  c: 'content-type',
  o: 'event',
};

export function readPhoneMessage(text: string): PhoneMessage {
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const [start = '', ...lines] = head.split('\r\n');
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).trim().toLowerCase();
    return [fullNames[name] ?? name, line.slice(colon + 1).trim()];
  });
  const status = start.startsWith('SIP/2.0 ') ? Number(start.slice(8, 11)) : 0;
  const message = { start, status, method: start.split(' ')[0] ?? '', headers, body: rest.join('\r\n\r\n') };
  if (status !== 0) message.method = value(message, 'cseq').split(/\s+/)[1] ?? '';
  return message;
}

export function value(message: PhoneMessage, name: string): string {
  return message.headers.find(([known]) => known === name)?.[1] ?? '';
}

export function tagOf(address: string): string {
  return /;\s*tag=([^;\s>]+)/.exec(address)?.[1] ?? '';
}

/** The URI between <> or up to the first parameter. */
export function uriOf(address: string): string {
  return /<([^>]*)>/.exec(address)?.[1] ?? address.split(';')[0]?.trim() ?? '';
}

export function userPart(address: string): string {
  return /sips?:([^@;>]*)@/.exec(address)?.[1] ?? '';
}

export function displayName(address: string): string {
  return /^"((?:\\.|[^"\\])*)"/.exec(address)?.[1]?.replace(/\\(.)/g, '$1') ?? '';
}

export function sequence(message: PhoneMessage): number {
  return Number.parseInt(value(message, 'cseq'), 10);
}

export function printPhoneMessage(start: string, headers: [string, string][], body = ''): string {
  const lines = headers.map(([name, text]) => `${name}: ${text}`);
  return [start, ...lines, `Content-Length: ${Buffer.byteLength(body)}`, '', body].join('\r\n');
}

/** The credentials that answer a challenge (RFC 2617 §3.2.2 with qop=auth). */
export function credentials(
  challenge: string,
  request: { method: string; uri: string },
  user: { name: string; password: string },
  count: number,
): string {
  const field = (name: string) => new RegExp(`${name}="?([^",]*)"?`).exec(challenge)?.[1] ?? '';
  const md5 = (text: string) => createHash('md5').update(text).digest('hex');
  const realm = field('realm');
  const nonce = field('nonce');
  const nc = count.toString(16).padStart(8, '0');
  const cnonce = Math.random().toString(36).slice(2);
  const first = md5(`${user.name}:${realm}:${user.password}`);
  const second = md5(`${request.method}:${request.uri}`);
  const response = md5(`${first}:${nonce}:${nc}:${cnonce}:auth:${second}`);
  return (
    `Digest username="${user.name}", realm="${realm}", nonce="${nonce}", uri="${request.uri}", ` +
    `response="${response}", algorithm=MD5, qop=auth, nc=${nc}, cnonce="${cnonce}"`
  );
}
