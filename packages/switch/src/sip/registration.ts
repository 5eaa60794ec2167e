import { type Credentials, createAuthorizer, isChallenge } from './authorizer.ts';
import type { Timer } from './clock.ts';
import { isDigits } from './grammar.ts';
import {
  createRequest,
  header,
  headerValues,
  type SipRequest,
  type SipResponse,
  setHeader,
} from './message.ts';
import { parseNameAddress } from './name-address.ts';
import type { SessionContext } from './session/context.ts';
import { contactFor } from './session/introduce.ts';
import type { Outcome } from './transaction/client.ts';
import type { Flow } from './transport/flow.ts';
import { escapeUser } from './uri.ts';

export type RegistrationState = 'registering' | 'registered' | 'failed';

/** Our registration with somebody else (RFC 3261 §10.2): kept for as long as it is not closed. */
export interface Registration {
  readonly state: RegistrationState;
  /** the final status of the last attempt that failed; 0: nothing came back */
  readonly status: number;
  /** the connection that it went over is gone (RFC 5626 §4.2.1): registers anew */
  flowClosed(flow: Flow): void;
  /** takes it back */
  close(): void;
}

interface Options {
  context: SessionContext;
  credentials: Credentials;
  /** scheme and host of the address of record */
  scheme: 'sip' | 'sips';
  domain: string;
  /** asked for; the registrar may say another time */
  seconds: number;
  routes: readonly string[];
  /** the way there at present; undefined while it is not known */
  flow(): Flow | undefined;
  /** nobody answers there, or 503: true where there is somebody else to ask */
  failed(flow: Flow): boolean;
  changed(): void;
}

/** Milliseconds between attempts after failures: doubled each time, and never all peers at once. */
const firstPause = 5_000;
const longestPause = 300_000;
const maximumChallenges = 3;

/**
 *   registering --2xx--> registered --refresh fails--> failed
 *        '--other final, nothing--> failed --pause--> registering (or registered again)
 */
export function createRegistration(options: Options): Registration {
  const { context, credentials, domain } = options;
  const { clock, randomId } = context;
  const authorizer = createAuthorizer(credentials, randomId);
  const callId = randomId();
  const tag = randomId();
  let state: RegistrationState = 'registering';
  let status = 0;
  let sequence = 0;
  let seconds = options.seconds;
  let failures = 0;
  let challenges = 0;
  let timer: Timer | undefined;
  let closed = false;
  let registeredOver: Flow | undefined;

  function send(expires: number, flow: Flow, done: (outcome: Outcome, request: SipRequest) => void): void {
    const request = createRequest('REGISTER', `${options.scheme}:${domain}`);
    const address = `<${options.scheme}:${escapeUser(credentials.user)}@${domain}>`;
    setHeader(request, 'max-forwards', '70');
    setHeader(request, 'from', `${address};tag=${tag}`);
    setHeader(request, 'to', address);
    setHeader(request, 'call-id', callId);
    setHeader(request, 'cseq', `${++sequence} REGISTER`);
    setHeader(request, 'contact', contactOn(flow));
    setHeader(request, 'expires', `${expires}`);
    if (options.routes.length > 0) setHeader(request, 'route', ...options.routes);
    authorizer.sign(request);
    context.transactions.send(request, flow, outcome => done(outcome, request));
  }

  const contactOn = (flow: Flow) => contactFor(flow, escapeUser(credentials.user), options.scheme === 'sips');

  function attempt(): void {
    if (closed) return;
    const flow = options.flow();
    if (flow === undefined) fail(0);
    else send(seconds, flow, outcome => onOutcome(outcome, flow));
  }

  function onOutcome(outcome: Outcome, flow: Flow): void {
    if (closed) return;
    if (outcome.type !== 'response') {
      failAt(flow, 0);
      return;
    }
    const { response } = outcome;
    if (response.status < 200) return;
    if (response.status < 300) succeed(response, flow);
    else if (mayAskAgain(response)) attempt();
    else if (response.status === 503) failAt(flow, 503);
    else fail(response.status);
  }

  /** §22.2, and §10.3 step 7: the registrar wants a longer time. */
  function mayAskAgain(response: SipResponse): boolean {
    if (response.status === 423) {
      const minimum = Number(header(response, 'min-expires'));
      if (!Number.isSafeInteger(minimum) || minimum <= seconds || minimum > 86_400) return false;
      seconds = minimum;
      return true;
    }
    if (!isChallenge(response) || challenges >= maximumChallenges) return false;
    challenges++;
    return authorizer.take(response);
  }

  function succeed(response: SipResponse, flow: Flow): void {
    failures = 0;
    challenges = 0;
    status = 0;
    registeredOver = flow;
    become('registered');
    const granted = grantedSeconds(response, flow);
    // Early enough that a lost refresh can be sent again (RFC 3261 timer F is 32 seconds).
    const refresh = Math.max(granted > 120 ? granted - 60 : granted / 2, 1);
    timer = clock.after(refresh * 1_000, attempt);
  }

  /** §10.2.4: of our own contact, else of all. */
  function grantedSeconds(response: SipResponse, flow: Flow): number {
    const own = contactOn(flow).slice(1, -1);
    for (const value of headerValues(response, 'contact')) {
      if (value === '*' || !value.includes(own)) continue;
      const expires = parseNameAddress(value).parameters.get('expires') ?? '';
      if (isDigits(expires)) return Math.max(Number(expires), 1);
    }
    const all = header(response, 'expires') ?? '';
    return isDigits(all) ? Math.max(Number(all), 1) : seconds;
  }

  /** RFC 3263 §4.3: another server is asked at once. */
  function failAt(flow: Flow, found: number): void {
    if (options.failed(flow)) attempt();
    else fail(found);
  }

  function fail(found: number): void {
    status = found;
    challenges = 0;
    become('failed');
    const pause = Math.min(firstPause * 2 ** failures, longestPause);
    failures++;
    timer = clock.after(pause * (0.5 + context.random() / 2), attempt);
  }

  function become(next: RegistrationState): void {
    if (state === next) return;
    state = next;
    options.changed();
  }

  attempt();
  return {
    get state() {
      return state;
    },
    get status() {
      return status;
    },
    flowClosed(flow) {
      if (flow !== registeredOver || state !== 'registered') return;
      timer?.cancel();
      fail(0);
    },
    close() {
      closed = true;
      timer?.cancel();
      const flow = options.flow();
      if (state === 'registered' && flow !== undefined) send(0, flow, () => {});
    },
  };
}
