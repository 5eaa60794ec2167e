import { describe, expect, test } from 'vitest';
import type { RemoteMedia } from '../media/engine.ts';
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
