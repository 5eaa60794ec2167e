import { checkOf, LogonGrant, LogonRefusal, type LogonRequest } from '@cordboard/contract';

export type LogonOutcome =
  | { type: 'granted'; grant: LogonGrant }
  | { type: 'refused'; refusal: LogonRefusal }
  /** no server, or none of ours: worth trying again */
  | { type: 'unreachable'; detail: string };

export type LogOn = (server: URL, request: LogonRequest) => Promise<LogonOutcome>;

const checkGrant = checkOf(LogonGrant);
const checkRefusal = checkOf(LogonRefusal);
const longestAnswer = 1_000_000;
const deadlineMilliseconds = 15_000;

const outcomeOf = (ok: boolean, status: number, text: string): LogonOutcome => {
  try {
    const value: unknown = JSON.parse(text.slice(0, longestAnswer));
    if (ok && checkGrant(value) === null) return { type: 'granted', grant: value as LogonGrant };
    if (!ok && checkRefusal(value) === null) return { type: 'refused', refusal: value as LogonRefusal };
  } catch {
    // not JSON: not our logon service
  }
  return { type: 'unreachable', detail: `no logon service answers there (HTTP ${status})` };
};

const causeOf = (error: unknown): string => {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  return cause instanceof Error ? cause.message || cause.name : String(cause);
};

/** Logs on over HTTP(S). */
export const logOnOverHttp: LogOn = async (server, request) => {
  try {
    const response = await fetch(new URL('/logon', server), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
      redirect: 'error',
      signal: AbortSignal.timeout(deadlineMilliseconds),
    });
    return outcomeOf(response.ok, response.status, await response.text());
  } catch (error) {
    return { type: 'unreachable', detail: causeOf(error) };
  }
};
