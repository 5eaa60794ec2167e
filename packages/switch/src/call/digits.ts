import { setBody } from '../sip/message.ts';
import type { Switchboard } from './board.ts';
import { type Leg, usageOf } from './leg.ts';

/** Between two INFO requests: about as long as a key is pressed. */
const infoPause = 250;
const commaPause = 500;

/** RFC 4733 events by the media engine; INFO, as older phones and gateways have it, where the phone does not take them. */
export function sendDigits(leg: Leg, digits: string, board: Switchboard): void {
  if (leg.speech?.takesEvents === true) board.engine.sendDigits(leg.id, digits);
  else sendInfo(leg, digits, board);
}

function sendInfo(leg: Leg, digits: string, board: Switchboard): void {
  const [digit, ...rest] = digits;
  if (digit === undefined || leg.state !== 'up') return;
  if (digit !== ',') {
    const body = `Signal=${digit.toUpperCase()}\r\nDuration=160\r\n`;
    usageOf(leg)?.send(
      'INFO',
      request => setBody(request, 'application/dtmf-relay', body),
      () => {},
    );
  }
  board.setup.after(digit === ',' ? commaPause : infoPause, () => sendInfo(leg, rest.join(''), board));
}
