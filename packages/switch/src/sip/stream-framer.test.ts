import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { StreamFramer } from './stream-framer.ts';

const message = (body: string) => `MESSAGE sip:a SIP/2.0\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

describe('cutting a stream into messages', () => {
  test('however the network cuts it, the same messages come out', () => {
    const bodies = ['', 'hello', '\r\n\r\nl: 5\r\n\r\n', 'x'.repeat(3_000)];
    const stream = Buffer.from(bodies.map(message).join(''));
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: stream.length })), cuts => {
        const framer = new StreamFramer();
        const found: string[] = [];
        const places = [...new Set(cuts)].sort((left, right) => left - right);
        let from = 0;
        for (const to of [...places, stream.length]) {
          found.push(...framer.push(stream.subarray(from, to)).messages.map(bytes => bytes.toString()));
          from = to;
        }
        expect(found).toEqual(bodies.map(message));
      }),
    );
  });

  test('a double CRLF is a ping, also in two pieces', () => {
    const framer = new StreamFramer();
    expect(framer.push(Buffer.from('\r\n\r\n')).pings).toBe(1);
    expect(framer.push(Buffer.from('\r\n')).pings).toBe(0);
    expect(framer.push(Buffer.from('\r\n')).pings).toBe(1);
    expect(framer.push(Buffer.from(message('after'))).messages).toHaveLength(1);
  });

  test.each([
    ['no Content-Length', 'MESSAGE sip:a SIP/2.0\r\nX: y\r\n\r\n', 'malformed'],
    ['two of them', 'M sip:a SIP/2.0\r\nl: 1\r\nContent-Length: 2\r\n\r\n', 'malformed'],
    ['a negative one', 'M sip:a SIP/2.0\r\nl: -1\r\n\r\n', 'malformed'],
    ['SIP-08 a body over the bound', 'M sip:a SIP/2.0\r\nl: 70000\r\n\r\n', 'tooLarge'],
    ['SIP-08 headers without end', 'A'.repeat(20_000), 'tooLarge'],
  ] as const)('%s breaks the stream', (_what, text, broken) => {
    expect(new StreamFramer().push(Buffer.from(text)).broken).toBe(broken);
  });
});
