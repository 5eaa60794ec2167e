import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseSdp } from './parse-sdp.ts';
import { type LocalDescription, printAnswer, printOffer } from './print-sdp.ts';

const fingerprint = Array.from({ length: 32 }, () => 'AB').join(':');

/** As Chromium writes it, shortened; `changes` replace lines that begin so. */
function browserOffer(changes: Record<string, string> = {}): string {
  const lines = [
    'v=0',
    'o=- 4611 2 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    'a=group:BUNDLE 0',
    'a=extmap-allow-mixed',
    'a=msid-semantic: WMS x',
    'm=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126',
    'c=IN IP4 0.0.0.0',
    'a=rtcp:9 IN IP4 0.0.0.0',
    'a=candidate:1 1 udp 2122260223 192.0.2.7 50123 typ host generation 0 network-id 1',
    'a=candidate:2 1 udp 2122260222 1f2a.local 50124 typ host generation 0',
    'a=candidate:3 1 tcp 1518280447 192.0.2.7 9 typ host tcptype active',
    'a=ice-ufrag:abcd',
    'a=ice-pwd:0123456789012345678901',
    'a=ice-options:trickle',
    `a=fingerprint:sha-256 ${fingerprint}`,
    'a=setup:actpass',
    'a=mid:0',
    'a=sendrecv',
    'a=rtcp-mux',
    'a=rtpmap:111 opus/48000/2',
    'a=rtpmap:0 PCMU/8000',
    'a=rtpmap:8 PCMA/8000',
    'a=rtpmap:110 telephone-event/48000',
    'a=rtpmap:126 telephone-event/8000',
  ];
  const changed = lines.map(line => {
    const start = Object.keys(changes).find(each => line.startsWith(each));
    return start === undefined ? line : (changes[start] ?? '');
  });
  return [...changed.filter(line => line !== ''), ''].join('\r\n');
}

describe("a browser's description", () => {
  test('WRT-13 is read: G.711, events of 8 kHz, and the way to it with the candidates that can be sent to', () => {
    expect(parseSdp(browserOffer())).toMatchObject({
      payloadTypes: [0, 8],
      telephoneEvent: 126,
      direction: 'sendrecv',
      secure: {
        userFragment: 'abcd',
        password: '0123456789012345678901',
        fingerprint,
        setup: 'actpass',
        mid: '0',
        candidates: ['1 1 udp 2122260223 192.0.2.7 50123 typ host generation 0 network-id 1'],
      },
    });
  });

  test('WRT-13 what stands for the whole session counts for the speech', () => {
    const offer = browserOffer({
      'a=group': `a=group:BUNDLE 0\r\na=ice-ufrag:efgh\r\na=fingerprint:sha-256 ${fingerprint.toLowerCase()}`,
      'a=ice-ufrag:abcd': '',
      'a=fingerprint:sha-256 AB': '',
    });
    expect(parseSdp(offer)?.secure).toMatchObject({ userFragment: 'efgh', fingerprint });
  });

  test.each([
    ['no user fragment', { 'a=ice-ufrag': '' }],
    ['a user fragment that is too short', { 'a=ice-ufrag': 'a=ice-ufrag:abc' }],
    ['a password with other characters', { 'a=ice-pwd': 'a=ice-pwd:0123456789012345678901 x' }],
    ['no fingerprint', { 'a=fingerprint': '' }],
    ['a weak fingerprint', { 'a=fingerprint': 'a=fingerprint:sha-1 AB:CD' }],
    ['half a fingerprint', { 'a=fingerprint': 'a=fingerprint:sha-256 AB:CD' }],
    ['no setup', { 'a=setup': '' }],
    ['a setup that is held back', { 'a=setup': 'a=setup:holdconn' }],
    ['no rtcp-mux', { 'a=rtcp-mux': '' }],
    ['Opus alone', { 'm=audio': 'm=audio 9 UDP/TLS/RTP/SAVPF 111' }],
    ['keys in the signalling', { 'm=audio': 'm=audio 9 RTP/SAVPF 0' }],
  ])('WRT-13 with %s is refused', (_what, changes) => {
    expect(parseSdp(browserOffer(changes))).toBeUndefined();
  });

  test('candidates beyond what a browser has are not looked at', () => {
    const many = Array.from(
      { length: 400 },
      (_, i) => `a=candidate:${i} 1 udp 1 192.0.2.7 ${i + 1} typ host`,
    );
    expect(parseSdp(browserOffer({ 'a=candidate:1': many.join('\r\n') }))?.secure?.candidates).toHaveLength(
      32,
    );
  });

  test('any attribute is read or refused, never thrown at', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('a=ice-ufrag', 'a=ice-pwd', 'a=fingerprint', 'a=setup', 'a=candidate:1', 'a=mid'),
        fc.string(),
        (start, text) => {
          parseSdp(browserOffer({ [start]: `${start}:${text}` }));
        },
      ),
    );
  });
});

test('WRT-13 our own description has one bundled line with everything a browser needs', () => {
  const local: LocalDescription = {
    session: 7,
    version: 1,
    address: '127.0.0.1',
    port: 31_000,
    payloadTypes: [0, 8],
    telephoneEvent: 126,
    direction: 'sendonly',
    secure: {
      userFragment: 'ours',
      password: 'p'.repeat(22),
      fingerprint,
      setup: 'active',
      mid: 'audio1',
      candidates: ['1 1 UDP 2114977791 127.0.0.1 31000 typ host'],
    },
  };
  expect(parseSdp(printOffer(local))).toMatchObject({ direction: 'sendonly', secure: local.secure });
  const lines = printOffer(local).split('\r\n');
  expect(lines).toContain('a=group:BUNDLE audio1');
  expect(lines).toContain('m=audio 31000 UDP/TLS/RTP/SAVPF 0 8 126');
  const offered = parseSdp(browserOffer());
  const answer = printAnswer(local, offered?.lines ?? [], offered?.audio ?? -1);
  expect(answer.split('\r\n').filter(line => line.startsWith('m='))).toHaveLength(1);
});
