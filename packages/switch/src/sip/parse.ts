import { GrammarError, isDigits, isToken, splitList } from './grammar.ts';
import { isListHeader, normalHeaderName, singleHeaders } from './header-names.ts';
import { limits } from './limits.ts';
import {
  createRequest,
  fromOf,
  type Headers,
  header,
  headerValues,
  type SipMessage,
  type SipRequest,
  setHeader,
  toOf,
  viaOf,
} from './message.ts';
import { parseNameAddress } from './name-address.ts';
import { parseUri } from './uri.ts';

export type Parsed =
  | { type: 'message'; message: SipMessage }
  /** a request that is wrong but can be answered: RFC 3261 §8.2 and §21.4.1 */
  | { type: 'refused'; request: SipRequest; status: number; why: string }
  /** nothing that can be answered; `tooLarge` passed a bound */
  | { type: 'dropped'; why: string; tooLarge: boolean };

export type Framing = 'datagram' | 'stream';

const headEnd = Buffer.from('\r\n\r\n');

/**
 * Reads one message (RFC 3261 §7, §25). Strict where two readers could understand different things (repeated CSeq,
 * Content-Length that does not fit, spaces in the start line); liberal elsewhere. Never throws.
 */
export function parseMessage(bytes: Buffer, framing: Framing): Parsed {
  if (bytes.length > limits.messageBytes) return dropped('message too large', true);
  let start = 0;
  while (bytes[start] === 13 || bytes[start] === 10) start++; // §7.5: leading CRLFs are ignored
  const end = bytes.indexOf(headEnd, start);
  // RFC 4475 §3.1.2.15 ends with its last header: a datagram without a blank line has an empty body.
  const headTo = end >= 0 ? end : framing === 'datagram' ? bytes.length : -1;
  if (headTo < 0) return dropped('no end of headers', false);
  if (headTo - start > limits.headBytes) return dropped('headers too large', true);
  const lines = unfold(bytes.toString('utf8', start, headTo)).split('\r\n');
  if (lines.at(-1) === '') lines.pop();
  if (lines.length > limits.headerLines) return dropped('too many headers', true);
  return readMessage(lines, bytes.subarray(end >= 0 ? end + 4 : bytes.length), framing);
}

function dropped(why: string, tooLarge: boolean): Parsed {
  return { type: 'dropped', why, tooLarge };
}

/** §7.3.1: a line that begins with white space goes on with the one before. */
function unfold(head: string): string {
  return head.includes('\r\n ') || head.includes('\r\n\t') ? head.replace(/[ \t]*\r\n[ \t]+/g, ' ') : head;
}

/** The first thing that is wrong with a message; what follows it changes nothing. */
class Complaints {
  status = 0;
  why = '';
  add(status: number, why: string): void {
    if (this.status !== 0) return;
    this.status = status;
    this.why = why;
  }
  check(what: () => void): void {
    try {
      what();
    } catch (error) {
      if (!(error instanceof GrammarError)) throw error;
      this.add(400, error.message);
    }
  }
}

function readMessage(lines: string[], rest: Buffer, framing: Framing): Parsed {
  const complaints = new Complaints();
  const message = readStartLine(lines[0] ?? '', complaints);
  if (message === undefined) return dropped('not SIP', false);
  for (let i = 1; i < lines.length; i++) {
    const line = lines[i] ?? '';
    if (line.length > limits.lineBytes) return dropped('header line too long', true);
    readHeaderLine(line, message.headers, complaints);
  }
  const missing = ['via', 'from', 'to', 'call-id', 'cseq'].find(name => !message.headers.has(name));
  if (missing !== undefined) complaints.add(400, `no ${missing}`);
  else checkHeaders(message, complaints);
  message.body = readBody(message, rest, framing, complaints);
  if (complaints.status === 0) return { type: 'message', message };
  // §18.2.2 and §17.2: without a Via that can be read there is nowhere to send a response to.
  return message.type === 'request' && hasReadableVia(message)
    ? { type: 'refused', request: message, status: complaints.status, why: complaints.why }
    : dropped(complaints.why, false);
}

function readStartLine(line: string, complaints: Complaints): SipMessage | undefined {
  return line.startsWith('SIP/') ? readStatusLine(line, complaints) : readRequestLine(line, complaints);
}

function readStatusLine(line: string, complaints: Complaints): SipMessage | undefined {
  const match = /^SIP\/2\.0 ([1-6]\d\d)(?: (.*))?$/s.exec(line);
  if (match === null) complaints.add(400, 'bad status line');
  const status = Number(match?.[1] ?? 0);
  return {
    type: 'response',
    status,
    reason: match?.[2] ?? '',
    headers: new Map(),
    body: emptyBody,
    read: {},
  };
}

const emptyBody = Buffer.alloc(0);

function readRequestLine(line: string, complaints: Complaints): SipMessage | undefined {
  const space = line.indexOf(' ');
  const method = line.slice(0, Math.max(space, 0));
  if (!isToken(method)) return undefined;
  const last = line.lastIndexOf(' ');
  const uri = line.slice(space + 1, last);
  const version = line.slice(last + 1);
  const request = createRequest(method, uri);
  // §7.1: exactly one space between the three parts.
  if (last <= space || !/^SIP\/\d+\.\d+$/i.test(version)) complaints.add(400, 'bad request line');
  else if (version.toUpperCase() !== 'SIP/2.0') complaints.add(505, 'SIP version');
  else {
    complaints.check(() => {
      // §19.1.1: no headers in a Request-URI.
      if (parseUri(uri).headers !== undefined) throw new GrammarError('headers in the Request-URI');
    });
  }
  return request;
}

function readHeaderLine(line: string, headers: Headers, complaints: Complaints): void {
  const colon = line.indexOf(':');
  const name = line.slice(0, Math.max(colon, 0)).trimEnd();
  if (!isToken(name)) {
    complaints.add(400, 'bad header line');
    return;
  }
  const normal = normalHeaderName(name);
  const value = line.slice(colon + 1).trim();
  let values = headers.get(normal);
  if (values === undefined) {
    values = [];
    headers.set(normal, values);
  }
  if (!isListHeader(normal)) values.push(value);
  else {
    const into = values;
    complaints.check(() => {
      into.push(...splitList(value));
    });
  }
}

function checkHeaders(message: SipMessage, complaints: Complaints): void {
  // RFC 4475 §3.3.8: which of two values another element would believe cannot be known.
  for (const name of singleHeaders) {
    if (headerValues(message, name).length > 1) complaints.add(400, `more than one ${name}`);
  }
  complaints.check(() => {
    viaOf(message);
    // RFC 4475 §3.1.2.1: an empty parameter could hide a branch.
    if (headerValues(message, 'via').some(via => /;[ \t]*(?:;|$)/.test(via)))
      throw new GrammarError('bad Via');
    for (const address of [fromOf(message), toOf(message)]) checkAddress(address.uri);
    for (const contact of headerValues(message, 'contact')) {
      if (contact !== '*') checkAddress(parseNameAddress(contact).uri);
    }
  });
  checkSequence(message, complaints);
  checkNumber(message, 'max-forwards', 255, complaints);
  const expires = header(message, 'expires');
  if (expires !== undefined && !isDigits(expires)) complaints.add(400, 'bad Expires');
}

function checkAddress(uri: string): void {
  if (/^sips?:/i.test(uri)) parseUri(uri);
}

function checkSequence(message: SipMessage, complaints: Complaints): void {
  const match = /^(\d{1,10})[ \t]+(\S+)$/.exec(header(message, 'cseq') ?? '');
  // §8.1.1.5: below 2**31.
  if (match === null || Number(match[1]) >= 2 ** 31) complaints.add(400, 'bad CSeq');
  else if (message.type === 'request' && match[2] !== message.method)
    complaints.add(400, 'CSeq names another method');
  else if (match !== null && match[1] !== String(Number(match[1]))) {
    setHeader(message, 'cseq', `${Number(match[1])} ${match[2] ?? ''}`);
  }
}

function checkNumber(message: SipMessage, name: string, maximum: number, complaints: Complaints): void {
  const value = header(message, name);
  if (value === undefined) return;
  if (!isDigits(value) || Number(value) > maximum) complaints.add(400, `bad ${name}`);
}

/** §18.3: Content-Length cuts a datagram; a stream must have it. */
function readBody(message: SipMessage, rest: Buffer, framing: Framing, complaints: Complaints): Buffer {
  const length = header(message, 'content-length');
  if (length === undefined) {
    if (framing === 'stream') complaints.add(400, 'no Content-Length');
    return rest;
  }
  if (!isDigits(length) || Number(length) > rest.length) {
    complaints.add(400, 'Content-Length does not fit');
    return emptyBody;
  }
  return rest.subarray(0, Number(length));
}

function hasReadableVia(message: SipMessage): boolean {
  if (!message.headers.has('via')) return false;
  try {
    viaOf(message);
    return true;
  } catch (error) {
    if (error instanceof GrammarError) return false;
    throw error;
  }
}
