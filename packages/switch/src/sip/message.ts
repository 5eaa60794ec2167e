import { GrammarError } from './grammar.ts';
import { printedHeaderName } from './header-names.ts';
import { type NameAddress, parseNameAddress } from './name-address.ts';
import { reasonPhrase } from './reason-phrases.ts';
import { parseVia, type Via } from './via.ts';

/** Header values by lower-case full name, in the order of the message. */
export type Headers = Map<string, string[]>;

/** What has been read out of the headers so far: each is parsed at most once, and only if somebody asks. */
interface ReadParts {
  via?: Via;
  from?: NameAddress;
  to?: NameAddress;
}

interface MessageParts {
  headers: Headers;
  body: Buffer;
  read: ReadParts;
}

export interface SipRequest extends MessageParts {
  type: 'request';
  method: string;
  uri: string;
}

export interface SipResponse extends MessageParts {
  type: 'response';
  status: number;
  reason: string;
}

export type SipMessage = SipRequest | SipResponse;

const noBody = Buffer.alloc(0);

export function createRequest(method: string, uri: string): SipRequest {
  return { type: 'request', method, uri, headers: new Map(), body: noBody, read: {} };
}

/** A response with what RFC 3261 §8.2.6.2 copies from its request; `toTag` is added where To has none. */
export function createResponse(request: SipRequest, status: number, toTag: string): SipResponse {
  const headers: Headers = new Map();
  for (const name of ['via', 'from', 'to', 'call-id', 'cseq']) {
    const values = request.headers.get(name);
    if (values !== undefined) headers.set(name, values);
  }
  // §12.1.1: a response that makes a dialog carries the route set.
  const recordRoute = request.headers.get('record-route');
  if (recordRoute !== undefined && status > 100 && status < 300) headers.set('record-route', recordRoute);
  if (status > 100 && !hasToTag(request)) headers.set('to', [`${header(request, 'to') ?? ''};tag=${toTag}`]);
  return { type: 'response', status, reason: reasonPhrase(status), headers, body: noBody, read: {} };
}

function hasToTag(request: SipRequest): boolean {
  try {
    return toOf(request).parameters.has('tag');
  } catch (error) {
    if (error instanceof GrammarError) return true; // a To that cannot be read is echoed as it came
    throw error;
  }
}

export function header(message: SipMessage, name: string): string | undefined {
  return message.headers.get(name)?.[0];
}

export function headerValues(message: SipMessage, name: string): readonly string[] {
  return message.headers.get(name) ?? [];
}

export function setHeader(message: SipMessage, name: string, ...values: string[]): void {
  message.headers.set(name, values);
  if (name === 'via' || name === 'from' || name === 'to') delete message.read[name];
}

export function setBody(message: SipMessage, contentType: string, body: string): void {
  setHeader(message, 'content-type', contentType);
  message.body = Buffer.from(body);
}

/** The topmost Via. @throws GrammarError */
export function viaOf(message: SipMessage): Via {
  message.read.via ??= parseVia(header(message, 'via') ?? '');
  return message.read.via;
}

/** @throws GrammarError */
export function fromOf(message: SipMessage): NameAddress {
  message.read.from ??= parseNameAddress(header(message, 'from') ?? '');
  return message.read.from;
}

/** @throws GrammarError */
export function toOf(message: SipMessage): NameAddress {
  message.read.to ??= parseNameAddress(header(message, 'to') ?? '');
  return message.read.to;
}

export function fromTag(message: SipMessage): string {
  return fromOf(message).parameters.get('tag') ?? '';
}

export function toTag(message: SipMessage): string {
  return toOf(message).parameters.get('tag') ?? '';
}

export function callIdOf(message: SipMessage): string {
  return header(message, 'call-id') ?? '';
}

export function sequenceOf(message: SipMessage): number {
  return Number.parseInt(header(message, 'cseq') ?? '0', 10);
}

/** The method that CSeq names: of a response, the one that it answers. */
export function sequenceMethod(message: SipMessage): string {
  const value = header(message, 'cseq') ?? '';
  let i = 0;
  while (value.charCodeAt(i) >= 48 && value.charCodeAt(i) <= 57) i++;
  return value.slice(i).trim();
}

/** The first Contact, or undefined without one or with `*`. @throws GrammarError */
export function contactOf(message: SipMessage): NameAddress | undefined {
  const value = header(message, 'contact');
  return value === undefined || value === '*' ? undefined : parseNameAddress(value);
}

/** Does a list of option tags or methods (Supported, Require, Allow) hold this one? */
export function lists(message: SipMessage, name: string, element: string): boolean {
  return headerValues(message, name).some(value => value.toLowerCase() === element);
}

/** Media type of the body, lower case, without parameters. */
export function contentType(message: SipMessage): string {
  const value = header(message, 'content-type') ?? '';
  const semicolon = value.indexOf(';');
  return (semicolon < 0 ? value : value.slice(0, semicolon)).trim().toLowerCase();
}

/** The message as it goes on the wire; Content-Length is always counted, never taken over. */
export function formatMessage(message: SipMessage): Buffer {
  let text =
    message.type === 'request'
      ? `${message.method} ${message.uri} SIP/2.0\r\n`
      : `SIP/2.0 ${message.status} ${message.reason}\r\n`;
  for (const [name, values] of message.headers) {
    if (name === 'content-length') continue;
    const printed = printedHeaderName(name);
    for (const value of values) text += `${printed}: ${value}\r\n`;
  }
  text += `Content-Length: ${message.body.length}\r\n\r\n`;
  return message.body.length === 0 ? Buffer.from(text) : Buffer.concat([Buffer.from(text), message.body]);
}
