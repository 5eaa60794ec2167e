import { describe, expect, test } from 'vitest';
import type { RemoteMedia } from '../media/engine.ts';
import { browserSdp } from '../testing/browser-sdp.ts';
import { fakeTransport } from '../testing/fake-engine.ts';
import { readPhoneSdp } from '../testing/phone-sdp.ts';
import { speech as phoneSpeech } from '../testing/switch-bench.ts';
import { createSpeech } from './speech.ts';

function create() {
  const agreed: RemoteMedia[] = [];
  const speech = createSpeech({
    address: '127.0.0.1',
    port: 31_000,
    session: 5,
    agreed: remote => agreed.push(remote),
  });
  return { speech, agreed };
}

const versionOf = (sdp: string | undefined) => /^o=- 5 (\d+)/m.exec(sdp ?? '')?.[1];

describe('offer and answer of a leg', () => {
  test('PCMU is agreed wherever it is offered, whatever the order, so that legs need no transcoding', () => {
    const { speech, agreed } = create();
    const answer = speech.answer(phoneSpeech().replace('0 8 101', '8 0 101'));
    expect(readPhoneSdp(answer ?? '')).toMatchObject({
      payloadType: 0,
      telephoneEvent: 101,
      direction: 'sendrecv',
    });
    expect(agreed).toEqual([
      { address: '192.0.2.9', port: 30_000, payloadType: 0, telephoneEvent: 101, direction: 'sendrecv' },
    ]);
  });

  test('the version counts changes and nothing else', () => {
    const { speech } = create();
    expect(versionOf(speech.answer(phoneSpeech()))).toBe('1');
    expect(versionOf(speech.answer(phoneSpeech()))).toBe('1');
    expect(versionOf(speech.answer(phoneSpeech('sendonly')))).toBe('2');
    expect(versionOf(speech.answer(phoneSpeech()))).toBe('3');
  });

  test('what is wanted and what was agreed differ from hold until the peer has answered it', () => {
    const { speech } = create();
    speech.hold(true);
    expect(speech.stale).toBe(false);
    speech.answer(phoneSpeech());
    expect(speech.stale).toBe(false);
    speech.hold(false);
    expect(speech.stale).toBe(true);
    const offer = speech.offer();
    speech.hold(true);
    speech.accept(phoneSpeech());
    expect(readPhoneSdp(offer).direction).toBe('sendrecv');
    expect(speech.stale).toBe(true);
  });

  test('a peer that holds us while we hold it is silent both ways', () => {
    const { speech, agreed } = create();
    speech.hold(true);
    expect(readPhoneSdp(speech.answer(phoneSpeech('sendonly')) ?? '').direction).toBe('inactive');
    expect(agreed.at(-1)?.direction).toBe('inactive');
    expect([speech.heldByPeer, speech.listening]).toEqual([true, false]);
  });

  test('SIP-15 a peer of the other address family has nothing in common with us', () => {
    const { speech, agreed } = create();
    const other = phoneSpeech().replaceAll('IN IP4 192.0.2.9', 'IN IP6 2001:db8::1');
    expect(speech.answer(other)).toBeUndefined();
    expect(speech.accept(other)).toBe(false);
    expect(agreed).toEqual([]);
  });
});

const theirs = (number: number) => fakeTransport(100 + number);

/** What a browser with its n-th way says. */
const browser = (number: number, setup: 'active' | 'passive' | 'actpass', direction?: string): string =>
  browserSdp(theirs(number), setup, direction);

function createForBrowser(ready = 9) {
  const agreed: RemoteMedia[] = [];
  let transports = 1;
  const speech = createSpeech({
    address: '127.0.0.1',
    port: 31_000,
    session: 5,
    secure: fakeTransport(1),
    renew: () =>
      transports > ready
        ? undefined
        : { address: '127.0.0.1', port: 31_000 + transports, secure: fakeTransport(++transports) },
    agreed: remote => agreed.push(remote),
  });
  return { speech, agreed, last: () => agreed.at(-1)?.secure };
}

const lineOf = (sdp: string | undefined, name: string) =>
  sdp?.split('\r\n').find(line => line.startsWith(`a=${name}`));

describe('offer and answer with a browser', () => {
  test('WRT-13 the handshake is ours where the browser leaves it open, and its line keeps its name', () => {
    const { speech, last } = createForBrowser();
    const answer = speech.answer(browser(1, 'actpass'));
    expect(lineOf(answer, 'setup')).toBe('a=setup:active');
    expect(lineOf(answer, 'mid')).toBe('a=mid:7');
    expect(lineOf(answer, 'ice-ufrag')).toBe('a=ice-ufrag:ours1');
    expect(last()).toMatchObject({ userFragment: 'ours101', setup: 'passive' });
  });

  test('WRT-13 our offer leaves the handshake open, and whoever took it keeps it', () => {
    const { speech, last } = createForBrowser();
    expect(lineOf(speech.offer(), 'setup')).toBe('a=setup:actpass');
    expect(speech.accept(browser(1, 'active'))).toBe(true);
    expect(last()?.setup).toBe('active');
    expect(lineOf(speech.answer(browser(1, 'actpass', 'sendonly')), 'setup')).toBe('a=setup:passive');
    expect(speech.heldByPeer).toBe(true);
    speech.hold(true);
    expect(lineOf(speech.offer(), 'setup')).toBe('a=setup:actpass');
  });

  test('WRT-14 an offer with another user fragment gets another way, any other keeps the one there is', () => {
    const { speech, last } = createForBrowser();
    speech.answer(browser(1, 'actpass'));
    expect(lineOf(speech.answer(browser(1, 'actpass', 'inactive')), 'ice-ufrag')).toBe('a=ice-ufrag:ours1');
    const restarted = speech.answer(browser(2, 'actpass'));
    expect(lineOf(restarted, 'ice-ufrag')).toBe('a=ice-ufrag:ours2');
    expect(restarted).toContain('m=audio 31001 ');
    expect(last()?.userFragment).toBe('ours102');
  });

  test('WRT-14 where no other way is ready the offer is refused and the call stays as it is', () => {
    const { speech, agreed } = createForBrowser(0);
    speech.answer(browser(1, 'actpass'));
    expect(speech.answer(browser(2, 'actpass'))).toBeUndefined();
    expect(agreed).toHaveLength(1);
    expect(lineOf(speech.answer(browser(1, 'actpass')), 'ice-ufrag')).toBe('a=ice-ufrag:ours1');
  });

  test('WRT-13 a desk phone is not spoken to encrypted, nor a browser plain', () => {
    expect(create().speech.answer(browser(1, 'actpass'))).toBeUndefined();
    expect(createForBrowser().speech.answer(phoneSpeech())).toBeUndefined();
  });
});
