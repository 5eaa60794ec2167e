import { expect, test } from 'vitest';
import { maximumFrameBytes, type Transport, type TransportEnd, utf8Length } from './transport.ts';

/** Two connected transports of one kind. */
export interface ConnectedTransports {
  near: Transport;
  far: Transport;
  /** after the test */
  release(): Promise<void> | void;
}

const collect = (transport: Transport): { messages: string[]; ends: TransportEnd[] } => {
  const messages: string[] = [];
  const ends: TransportEnd[] = [];
  transport.onMessage(message => messages.push(message));
  transport.onClose(end => ends.push(end));
  return { messages, ends };
};

/** What every transport does. Each implementation runs it. */
export const transportSuite = (kind: string, connect: () => Promise<ConnectedTransports>): void => {
  const withPair = async (run: (pair: ConnectedTransports) => Promise<void>): Promise<void> => {
    const pair = await connect();
    try {
      await run(pair);
    } finally {
      pair.near.close();
      pair.far.close();
      await pair.release();
    }
  };

  test(`WIR-10 ${kind}: messages arrive whole and in order, both ways`, () =>
    withPair(async ({ near, far }) => {
      const texts = [
        'a',
        'räksmörgås',
        '日本語',
        '🙂',
        '{"a":"b\\n"}',
        'x'.repeat(300_000),
        ...Array.from({ length: 500 }, (_, n) => `${n}`),
      ];
      const atFar = collect(far);
      const atNear = collect(near);
      for (const text of texts) {
        expect(near.send(text)).toBe(true);
        expect(far.send(text)).toBe(true);
      }
      await expect.poll(() => atFar.messages.length).toBe(texts.length);
      await expect.poll(() => atNear.messages.length).toBe(texts.length);
      expect(atFar.messages).toEqual(texts);
      expect(atNear.messages).toEqual(texts);
    }));

  test(`WIR-11 ${kind}: a message over 1 MiB is not sent; one of exactly 1 MiB is`, () =>
    withPair(async ({ near, far }) => {
      const atFar = collect(far);
      expect(near.send('x'.repeat(maximumFrameBytes + 1))).toBe(false);
      expect(near.send('ö'.repeat(maximumFrameBytes / 2 + 1))).toBe(false);
      expect(near.send('x'.repeat(maximumFrameBytes))).toBe(true);
      await expect.poll(() => atFar.messages.map(utf8Length)).toEqual([maximumFrameBytes]);
    }));

  test(`WIR-12 ${kind}: what was sent before closing arrives, then the end, once; nothing is sent after`, () =>
    withPair(async ({ near, far }) => {
      const atFar = collect(far);
      const atNear = collect(near);
      near.send('last words');
      near.close('enough');
      near.close('again');
      expect(near.send('too late')).toBe(false);
      await expect.poll(() => atFar.ends).toHaveLength(1);
      expect(atFar.messages).toEqual(['last words']);
      expect(atFar.ends[0]).toMatchObject({ by: 'peer' });
      expect(atNear.ends).toEqual([{ by: 'us', detail: 'enough' }]);
      expect(far.send('answer')).toBe(false);
    }));

  test(`${kind}: messages that came before there was a reader are kept for it`, () =>
    withPair(async ({ near, far }) => {
      near.send('early');
      await new Promise(resolve => void Promise.resolve().then(resolve));
      const { messages } = collect(far);
      await expect.poll(() => messages).toEqual(['early']);
    }));
};
