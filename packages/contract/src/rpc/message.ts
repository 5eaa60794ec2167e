import { isRefusalReason, type Refusal, refusals } from '../refusals.ts';
import { type Fault, refusedCode, type WireErrorKind, wireErrors } from './wire-error.ts';

/** JSON-RPC 2.0 §4: text or a number; `null` only in the answer to something that had no readable id. */
export type RequestId = string | number;

/** JSON-RPC 2.0, as values. Batches are not used here: the transport keeps the order and costs nothing per message. */
export type Message =
  | { type: 'request'; id: RequestId; method: string; parameters: unknown }
  | { type: 'notification'; method: string; parameters: unknown }
  | { type: 'result'; id: RequestId; value: unknown }
  | { type: 'refusal'; id: RequestId; refusal: Refusal }
  | { type: 'error'; id: RequestId | null; kind: SentErrorKind; fault: Fault | null };

/** The errors that travel: those with a code. */
export type SentErrorKind = {
  [Kind in WireErrorKind]: (typeof wireErrors)[Kind]['code'] extends null ? never : Kind;
}[WireErrorKind];

/** What a text is when it is no message: answered with this error, under the id if one could be read. */
export interface Malformed {
  type: 'malformed';
  id: RequestId | null;
  kind: 'parseError' | 'invalidRequest';
}

const errorOf = (message: Extract<Message, { type: 'error' }>) => ({
  code: wireErrors[message.kind].code,
  message: wireErrors[message.kind].text,
  ...(message.fault && { data: message.fault }),
});

const wireForm = (message: Message): object => {
  switch (message.type) {
    case 'request':
      return { jsonrpc: '2.0', id: message.id, method: message.method, params: message.parameters };
    case 'notification':
      return { jsonrpc: '2.0', method: message.method, params: message.parameters };
    case 'result':
      return { jsonrpc: '2.0', id: message.id, result: message.value ?? null };
    case 'refusal':
      return {
        jsonrpc: '2.0',
        id: message.id,
        error: { code: refusedCode, message: refusals[message.refusal.reason].text, data: message.refusal },
      };
    case 'error':
      return { jsonrpc: '2.0', id: message.id, error: errorOf(message) };
  }
};

export const printMessage = (message: Message): string => JSON.stringify(wireForm(message));

/** The members that are looked at, of whatever came. */
type Members = {
  [Name in
    | 'jsonrpc'
    | 'id'
    | 'method'
    | 'params'
    | 'result'
    | 'error'
    | 'code'
    | 'data'
    | 'path'
    | 'expected'
    | 'reason'
    | 'detail']?: unknown;
};

const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isId = (value: unknown): value is RequestId =>
  (typeof value === 'string' && value.length <= 256) || (typeof value === 'number' && Number.isFinite(value));

const kindOfCode = new Map<number, SentErrorKind>(
  (Object.entries(wireErrors) as [SentErrorKind, { code: number | null }][]).flatMap(([kind, { code }]) =>
    code === null ? [] : [[code, kind]],
  ),
);

const faultOf = (data: unknown): Fault | null =>
  isObject(data) && typeof data.path === 'string' && typeof data.expected === 'string'
    ? { path: data.path, expected: data.expected }
    : null;

const refusalOf = (data: unknown): Refusal | null =>
  isObject(data) && isRefusalReason(data.reason)
    ? {
        reason: data.reason,
        ...(typeof data.detail === 'string' && { detail: data.detail }),
      }
    : null;

const readError = (id: RequestId | null, error: unknown): Message | null => {
  if (!isObject(error) || typeof error.code !== 'number') return null;
  if (error.code > 0 && id !== null) {
    const refusal = refusalOf(error.data);
    // a reason that a later release added is still a "no"
    return { type: 'refusal', id, refusal: refusal ?? { reason: 'notAvailable', detail: 'unknown reason' } };
  }
  return {
    type: 'error',
    id,
    kind: kindOfCode.get(error.code) ?? 'internalError',
    fault: faultOf(error.data),
  };
};

const readCall = (members: Members, method: string): Message | null => {
  // params by position are not used; left out means none
  const parameters = members.params === undefined ? {} : members.params;
  if (!isObject(parameters) || method.length > 128) return null;
  if (members.id === undefined) return { type: 'notification', method, parameters };
  return isId(members.id) ? { type: 'request', id: members.id, method, parameters } : null;
};

const readAnswer = (members: Members): Message | null => {
  const id = isId(members.id) ? members.id : null;
  if (id === null && members.id !== null) return null;
  if ('error' in members) return 'result' in members ? null : readError(id, members.error);
  return 'result' in members && id !== null ? { type: 'result', id, value: members.result } : null;
};

const read = (members: Members): Message | null => {
  if (members.jsonrpc !== '2.0') return null;
  if (typeof members.method === 'string') return readCall(members, members.method);
  return members.method === undefined ? readAnswer(members) : null;
};

/** Reads one message. Never throws, whatever the text is. */
export const parseMessage = (text: string): Message | Malformed => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // JSON.parse throws for nothing but a syntax error
    return { type: 'malformed', id: null, kind: 'parseError' };
  }
  if (!isObject(value)) return { type: 'malformed', id: null, kind: 'invalidRequest' };
  const message = read(value);
  return message ?? { type: 'malformed', id: isId(value.id) ? value.id : null, kind: 'invalidRequest' };
};
