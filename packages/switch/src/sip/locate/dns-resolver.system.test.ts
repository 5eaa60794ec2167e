import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import { createDnsResolver } from './dns-resolver.ts';

const types = { A: 1, AAAA: 28, SRV: 33, NAPTR: 35 } as const;
type Type = keyof typeof types;

const endings: (() => void)[] = [];
afterEach(() => {
  for (const end of endings.splice(0)) end();
});

const label = (text: string) => Buffer.concat([Buffer.from([text.length]), Buffer.from(text)]);
const nameBytes = (name: string) => Buffer.concat([...name.split('.').map(label), Buffer.from([0])]);
const numbers = (...values: number[]) => Buffer.from(values.flatMap(value => [value >> 8, value & 255]));

/** A name server that knows these records, each with a time to live of 42 seconds (RFC 1035 §4.1); `code` is what it says otherwise. */
async function nameServer(
  records: Partial<Record<`${Type} ${string}`, Buffer[]>>,
  code = 3,
): Promise<string> {
  const socket = createSocket('udp4');
  socket.on('message', (query, from) => {
    let end = 12;
    const labels: string[] = [];
    while (query[end] !== 0) {
      const length = query[end] ?? 0;
      labels.push(query.toString('latin1', end + 1, end + 1 + length));
      end += 1 + length;
    }
    const question = query.subarray(12, end + 5);
    const number = query.readUInt16BE(end + 1);
    const type = (Object.keys(types) as Type[]).find(each => types[each] === number) ?? 'A';
    const found = records[`${type} ${labels.join('.')}`] ?? [];
    const answers = found.map(data => Buffer.concat([numbers(0xc00c, number, 1, 0, 42, data.length), data]));
    const flags = 0x8180 | (found.length === 0 ? code : 0);
    const head = Buffer.concat([query.subarray(0, 2), numbers(flags, 1, answers.length, 0, 0)]);
    socket.send(Buffer.concat([head, question, ...answers]), from.port, from.address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  endings.push(() => socket.close());
  return `127.0.0.1:${socket.address().port}`;
}

test('TRK-65 the records of a name server are read, with the time that addresses hold', async () => {
  const resolver = createDnsResolver([
    await nameServer({
      'NAPTR a.example': [
        Buffer.concat([
          numbers(10, 20),
          ...['s', 'SIP+D2T', ''].map(label),
          nameBytes('_sip._tcp.a.example'),
        ]),
      ],
      'SRV _sip._tcp.a.example': [Buffer.concat([numbers(1, 2, 5_070), nameBytes('one.example')])],
      'A one.example': [Buffer.from([192, 0, 2, 1])],
      'AAAA one.example': [Buffer.from([0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1])],
    }),
  ]);
  expect((await resolver.naptr('a.example')).records).toMatchObject([
    {
      order: 10,
      preference: 20,
      flags: 's',
      service: 'SIP+D2T',
      replacement: '_sip._tcp.a.example',
    },
  ]);
  expect((await resolver.srv('_sip._tcp.a.example')).records).toMatchObject([
    { priority: 1, weight: 2, port: 5_070, name: 'one.example' },
  ]);
  expect(await resolver.addresses('one.example')).toEqual({
    records: ['192.0.2.1', '2001:db8::1'],
    seconds: 42,
  });
});

test('TRK-66 that there is nothing is an answer; that nobody can say is none', async () => {
  const nothing = createDnsResolver([await nameServer({})]);
  expect((await nothing.naptr('a.example')).records).toEqual([]);
  expect((await nothing.srv('a.example')).records).toEqual([]);
  expect((await nothing.addresses('a.example')).records).toEqual([]);
  const broken = createDnsResolver([await nameServer({}, 2)]);
  await expect(broken.srv('a.example')).rejects.toThrow('ESERVFAIL');
  await expect(broken.addresses('a.example')).rejects.toThrow('ESERVFAIL');
});

test('a name of this machine needs no name server', async () => {
  expect((await createDnsResolver().addresses('localhost')).records).toEqual(
    expect.arrayContaining([expect.stringMatching(/^(127\.0\.0\.1|::1)$/)]),
  );
});
