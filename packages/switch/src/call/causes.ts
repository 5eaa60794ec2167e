import type { Cause } from '../control/protocol.ts';
import type { SessionEnd } from '../sip/session/events.ts';

const causeOfStatus = new Map<number, Cause>([
  [403, 'rejected'],
  [404, 'unknownNumber'],
  [408, 'noAnswer'],
  [410, 'unknownNumber'],
  [415, 'incompatible'],
  [480, 'noAnswer'],
  [484, 'unknownNumber'],
  [486, 'busy'],
  [487, 'normal'],
  [488, 'incompatible'],
  [600, 'busy'],
  [603, 'rejected'],
  [604, 'unknownNumber'],
  [606, 'incompatible'],
]);

/** What the end of a session means to the controller. */
export function causeOf(end: SessionEnd): Cause {
  switch (end.type) {
    case 'bye':
    case 'cancelled':
      return 'normal';
    case 'failed':
      return causeOfStatus.get(end.status) ?? 'unreachable';
    case 'unreachable':
      return 'unreachable';
    case 'expired':
      return 'sessionExpired';
    case 'protocolError':
      return 'protocolError';
  }
}

const statusOfCause: Record<Cause, number> = {
  normal: 480,
  busy: 486,
  noAnswer: 480,
  rejected: 603,
  unknownNumber: 404,
  unreachable: 480,
  incompatible: 488,
  mediaTimeout: 480,
  sessionExpired: 480,
  switchRestarted: 503,
  protocolError: 500,
};

/** The final response to an arriving call that the controller clears. */
export function statusFor(cause: Cause): number {
  return statusOfCause[cause];
}
