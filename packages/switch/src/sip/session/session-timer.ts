import type { Clock, Timer } from '../clock.ts';
import { isDigits, parseParameters } from '../grammar.ts';
import { header, lists, type SipMessage, type SipRequest, type SipResponse, setHeader } from '../message.ts';
import { support } from './introduce.ts';

/** RFC 4028, in seconds. */
export interface SessionTimerSettings {
  /** Session-Expires that the switch asks for; 0 switches session timers off */
  interval: number;
  /** Min-SE: shorter ones are refused with 422; RFC 4028 §4 asks for at least 90 */
  minimum: number;
}

/** What two sides agreed on for one dialog. */
export interface SessionInterval {
  seconds: number;
  refresher: 'local' | 'remote';
}

export type Negotiated = { type: 'tooSmall' } | { type: 'agreed'; interval: SessionInterval | undefined };

/** Session-Expires of a message; undefined without one or with one that cannot be read. */
export function sessionExpires(message: SipMessage): { seconds: number; refresher: string } | undefined {
  const value = header(message, 'session-expires') ?? '';
  const semicolon = value.indexOf(';');
  const seconds = (semicolon < 0 ? value : value.slice(0, semicolon)).trim();
  if (!isDigits(seconds) || seconds.length > 9) return undefined;
  const refresher = semicolon < 0 ? '' : (parseParameters(value.slice(semicolon)).get('refresher') ?? '');
  return { seconds: Number(seconds), refresher: refresher.toLowerCase() };
}

export function minimumExpires(message: SipMessage): number {
  const value = (header(message, 'min-se') ?? '').split(';')[0]?.trim() ?? '';
  return isDigits(value) && value.length <= 9 ? Number(value) : 0;
}

/** §9: the answer to a peer's INVITE or UPDATE. The switch refreshes unless the peer asked to do it itself. */
export function negotiateAsServer(request: SipRequest, settings: SessionTimerSettings): Negotiated {
  if (settings.interval === 0) return { type: 'agreed', interval: undefined };
  const asked = sessionExpires(request);
  const supported = lists(request, 'supported', 'timer');
  if (asked !== undefined && asked.seconds < settings.minimum) return { type: 'tooSmall' };
  const seconds = Math.max(
    Math.min(asked?.seconds ?? settings.interval, settings.interval),
    minimumExpires(request),
  );
  const remote = supported && asked?.refresher === 'uac';
  return { type: 'agreed', interval: { seconds, refresher: remote ? 'remote' : 'local' } };
}

export function writeAgreement(
  request: SipRequest,
  response: SipResponse,
  interval: SessionInterval | undefined,
): void {
  if (interval === undefined) return;
  const refresher = interval.refresher === 'local' ? 'uas' : 'uac';
  setHeader(response, 'session-expires', `${interval.seconds};refresher=${refresher}`);
  // §9: Require only where the peer is to refresh, and knows how.
  if (lists(request, 'supported', 'timer')) setHeader(response, 'require', 'timer');
}

/** §7.1 */
export function writeOffer(request: SipRequest, settings: SessionTimerSettings, seconds: number): void {
  if (settings.interval === 0) return;
  support(request, 'timer');
  setHeader(request, 'session-expires', `${seconds};refresher=uac`);
  setHeader(request, 'min-se', `${Math.max(settings.minimum, Math.min(seconds, minimumExpires(request)))}`);
}

/** §7.2: without Session-Expires in the 2xx the switch refreshes all the same, to notice a peer that is gone. */
export function negotiateAsClient(response: SipResponse, asked: number): SessionInterval | undefined {
  if (asked === 0) return undefined;
  const answered = sessionExpires(response);
  if (answered === undefined) return { seconds: asked, refresher: 'local' };
  return { seconds: answered.seconds, refresher: answered.refresher === 'uas' ? 'remote' : 'local' };
}

export interface SessionTimer {
  /** a refresh was agreed: counts from now on */
  restart(interval: SessionInterval | undefined): void;
  stop(): void;
}

/** §10: the refresher refreshes at half time; the other ends the session shortly before it runs out. */
export function createSessionTimer(clock: Clock, act: { refresh(): void; expire(): void }): SessionTimer {
  let timer: Timer | undefined;
  return {
    restart(interval) {
      timer?.cancel();
      timer = undefined;
      if (interval === undefined) return;
      const { seconds } = interval;
      timer =
        interval.refresher === 'local'
          ? clock.after(seconds * 500, act.refresh)
          : clock.after((seconds - Math.min(32, seconds / 3)) * 1000, act.expire);
    },
    stop() {
      timer?.cancel();
      timer = undefined;
    },
  };
}
