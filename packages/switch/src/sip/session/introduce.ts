import { header, type SipMessage, setHeader, toOf } from '../message.ts';
import type { Flow } from '../transport/flow.ts';
import { hostText } from '../uri.ts';

export const allowedMethods =
  'INVITE, ACK, CANCEL, BYE, OPTIONS, UPDATE, INFO, NOTIFY, PRACK, REFER, REGISTER';

/** RFC 3891 and RFC 4488; session timers add theirs where they are on. */
export const supportedExtensions: readonly string[] = ['replaces', 'norefersub'];
const agentName = 'Cordboard';

/** Contact of our messages on this flow (RFC 3261 §8.1.1.8). */
export function contactFor(flow: Flow, user = 'switch', secure = false): string {
  const transport = flow.protocol === 'UDP' || secure ? '' : `;transport=${flow.protocol.toLowerCase()}`;
  const scheme = secure ? 'sips' : 'sip';
  return `<${scheme}:${user}@${hostText(flow.localAddress)}:${flow.localPort}${transport}>`;
}

/** §12.1.1, §8.1.1.8: who is called by a SIPS URI, or calls one, gets one to come back to. */
function isSecure(message: SipMessage, flow: Flow): boolean {
  if (flow.protocol !== 'TLS') return false;
  const uri = message.type === 'request' ? message.uri : toOf(message).uri;
  return /^sips:/i.test(uri);
}

/** One more option that the message says we know. */
export function support(message: SipMessage, option: string): void {
  const known = header(message, 'supported');
  setHeader(message, 'supported', known === undefined ? option : `${known}, ${option}`);
}

/** The headers of a message that opens or refreshes a dialog. */
export function introduce(message: SipMessage, flow: Flow): void {
  setHeader(message, 'contact', contactFor(flow, 'switch', isSecure(message, flow)));
  setHeader(message, 'allow', allowedMethods);
  setHeader(message, 'supported', supportedExtensions.join(', '));
  setHeader(message, message.type === 'request' ? 'user-agent' : 'server', agentName);
}
