import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerDirection, type Direction } from './direction.ts';
import { parseSdp } from './parse-sdp.ts';
import { type LocalDescription, printAnswer, printOffer } from './print-sdp.ts';

const local: LocalDescription = {
  session: 7,
  version: 2,
  address: '127.0.0.1',
  port: 31_000,
  payloadTypes: [0, 8],
  telephoneEvent: 101,
  direction: 'sendrecv',
};

function sdp(...lines: string[]): string {
  return ['v=0', 'o=- 1 1 IN IP4 192.0.2.1', 's=-', 'c=IN IP4 192.0.2.1', 't=0 0', ...lines, ''].join('\r\n');
}

describe('reading a session description', () => {
  test('our own offer is read as it was meant', () => {
    expect(parseSdp(printOffer(local))).toEqual({
      address: '127.0.0.1',
      port: 31_000,
      payloadTypes: [0, 8],
      telephoneEvent: 101,
      direction: 'sendrecv',
      lines: [{ media: 'audio', protocol: 'RTP/AVP', formats: '0 8 101' }],
      audio: 0,
    });
  });

  test("the peer's order of codecs and its event payload type are kept", () => {
    const remote = parseSdp(sdp('m=audio 4000 RTP/AVP 8 96 0 18', 'a=rtpmap:96 telephone-event/8000'));
    expect(remote).toMatchObject({ payloadTypes: [8, 0], telephoneEvent: 96 });
  });

  test('an address of the media line goes before that of the session', () => {
    const remote = parseSdp(sdp('m=audio 4000 RTP/AVP 0', 'c=IN IP4 192.0.2.99', 'm=video 5000 RTP/AVP 31'));
    expect(remote).toMatchObject({ address: '192.0.2.99', port: 4000, audio: 0 });
  });

  test('a direction of the session holds for its media', () => {
    expect(parseSdp(sdp('a=inactive', 'm=audio 4000 RTP/AVP 0'))?.direction).toBe('inactive');
    expect(parseSdp(sdp('a=inactive', 'm=audio 4000 RTP/AVP 0', 'a=sendonly'))?.direction).toBe('sendonly');
  });

  test('SIP-16 an address of zeros is hold', () => {
    const remote = parseSdp(sdp('m=audio 4000 RTP/AVP 0', 'c=IN IP4 0.0.0.0'));
    expect(remote?.direction).toBe('sendonly');
  });

  test.each([
    ['no speech', sdp('m=video 4000 RTP/AVP 31')],
    ['no common codec', sdp('m=audio 4000 RTP/AVP 9 18')],
    ['a static payload type with another meaning', sdp('m=audio 4000 RTP/AVP 0', 'a=rtpmap:0 opus/48000/2')],
    ['speech refused', sdp('m=audio 0 RTP/AVP 0')],
    ['encrypted media only', sdp('m=audio 4000 RTP/SAVP 0')],
    ['no address', 'v=0\r\nm=audio 4000 RTP/AVP 0\r\n'],
    ['a port that is none', sdp('m=audio 70000 RTP/AVP 0')],
    ['another version', 'v=1\r\n'],
    ['nothing', ''],
  ])('SIP-15 %s is not understood', (_what, text) => {
    expect(parseSdp(text)).toBeUndefined();
  });

  test('any text is read or refused, never thrown at', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.constantFrom('v=0', 'm=audio 1 RTP/AVP 0', 'c=IN IP4 1.2.3.4'))),
        lines => {
          parseSdp(lines.join('\r\n'));
        },
      ),
    );
  });
});

describe('answering', () => {
  test('every media line but the speech is refused with port 0', () => {
    const offered = parseSdp(sdp('m=video 5000 RTP/AVP 31', 'm=audio 4000 RTP/AVP 0'));
    const answer = printAnswer(local, offered?.lines ?? [], offered?.audio ?? -1);
    expect(answer.split('\r\n').filter(line => line.startsWith('m='))).toEqual([
      'm=video 0 RTP/AVP 31',
      'm=audio 31000 RTP/AVP 0 8 101',
    ]);
  });

  test.each<[Direction, Direction, Direction]>([
    ['sendrecv', 'sendrecv', 'sendrecv'],
    ['sendonly', 'sendrecv', 'recvonly'],
    ['recvonly', 'sendrecv', 'sendonly'],
    ['inactive', 'sendrecv', 'inactive'],
    ['sendrecv', 'sendonly', 'sendonly'],
    ['sendonly', 'sendonly', 'inactive'],
  ])('to %s one who wants %s says %s', (offered, wanted, answer) => {
    expect(answerDirection(offered, wanted)).toBe(answer);
  });
});
