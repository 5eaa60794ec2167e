/**
 * What can go wrong with a request besides being refused. A refusal is an answer; these say that there is none.
 * Codes below zero are those of JSON-RPC 2.0 §5.1; rows without a code never travel.
 */
export const wireErrors = {
  parseError: { code: -32700, text: 'The message is not JSON.' },
  invalidRequest: { code: -32600, text: 'The message is not a JSON-RPC 2.0 request.' },
  unknownMethod: { code: -32601, text: 'There is no such method.' },
  invalidParameters: { code: -32602, text: 'A parameter is missing, unknown or of the wrong type.' },
  internalError: {
    code: -32603,
    text: 'The request failed inside; the log of the side that failed says why.',
  },
  closed: { code: null, text: 'The connection closed before the answer came.' },
  deadlineExceeded: { code: null, text: 'No answer came before the deadline.' },
  tooLarge: { code: null, text: 'The message is larger than a frame may be.' },
  invalidResult: { code: null, text: 'The answer does not have the type that the contract says.' },
} as const;

export type WireErrorKind = keyof typeof wireErrors;

/** The code of every refusal on the wire: positive, as JSON-RPC leaves to the application. */
export const refusedCode = 1;

/** Thrown where a request has no answer. */
export class WireError extends Error {
  override readonly name = 'WireError';
  readonly kind: WireErrorKind;
  /** with `invalidParameters`: where in them, as a JSON pointer, and what was expected there */
  readonly fault: Fault | null;

  constructor(kind: WireErrorKind, fault: Fault | null = null, options?: { cause?: unknown }) {
    super(
      fault ? `${wireErrors[kind].text} ${fault.path || '(all)'}: ${fault.expected}` : wireErrors[kind].text,
      options,
    );
    this.kind = kind;
    this.fault = fault;
  }
}

/** Where a value is not of its type. */
export interface Fault {
  /** JSON pointer (RFC 6901); empty = the whole value */
  path: string;
  expected: string;
}
