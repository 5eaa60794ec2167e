import type { Fault } from '@cordboard/contract';

/** An argument is missing, too many, or of the wrong type: a mistake in the calling program. */
export class ArgumentError extends TypeError {
  override readonly name = 'ArgumentError';
  /** camelCase */
  readonly method: string;
  /** null: more arguments than the method has */
  readonly parameter: string | null;

  constructor(method: string, parameter: string | null, expected: string) {
    super(`${method}: ${parameter ?? 'arguments'} ${expected}`);
    this.method = method;
    this.parameter = parameter;
  }

  static of(method: string, fault: Fault): ArgumentError {
    const [, parameter = null, ...within] = fault.path.split('/');
    const place = within.length > 0 ? `at ${within.join('/')} ` : '';
    return new ArgumentError(method, parameter, place + fault.expected);
  }
}

/** The client was closed; it does nothing any more. */
export class ClientClosedError extends Error {
  override readonly name = 'ClientClosedError';

  constructor() {
    super('This AgentClient is closed.');
  }
}

/** `events()` was read too slowly, and what it had to keep reached its bound. */
export class EventOverflowError extends Error {
  override readonly name = 'EventOverflowError';

  constructor(bound: number) {
    super(`More than ${bound} events waited to be read.`);
  }
}
