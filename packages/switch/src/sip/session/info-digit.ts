import { contentType, type SipRequest } from '../message.ts';

/** The digit of an INFO request: application/dtmf-relay ("Signal=5") or application/dtmf ("5"), as phones send them. */
export function infoDigit(request: SipRequest): string | undefined {
  const type = contentType(request);
  const body = request.body.toString('latin1', 0, 200);
  const text =
    type === 'application/dtmf-relay'
      ? /^\s*Signal\s*=\s*(\S+)/im.exec(body)?.[1]
      : type === 'application/dtmf'
        ? body.trim()
        : '';
  const digit = text === '10' ? '*' : text === '11' ? '#' : (text ?? '').toUpperCase();
  return /^[0-9*#A-D]$/.test(digit) ? digit : undefined;
}
