import { describe, expect, test } from 'vitest';
import { createNameServer, type Zone } from '../../testing/name-server.ts';
import { locate, type Wanted } from './locate.ts';

const srv = (name: string, port = 5060, priority = 1, weight = 0) => ({ name, port, priority, weight });
const naptr = (service: string, replacement: string, order = 1, preference = 1, flags = 's') => ({
  order,
  preference,
  flags,
  service,
  replacement,
});

async function find(wanted: Wanted, zone: Zone, random = () => 0) {
  const server = createNameServer(zone);
  const { targets, seconds } = await locate(wanted, server, random);
  return {
    asked: server.asked,
    seconds,
    targets: targets.map(({ protocol, address, port }) => `${protocol} ${address} ${port}`),
  };
}

describe('where a SIP domain is', () => {
  test('TRK-65 an address, or a name with a port, needs no records of services', async () => {
    expect(await find({ host: '192.0.2.1' }, {})).toMatchObject({
      asked: [],
      targets: ['UDP 192.0.2.1 5060'],
    });
    expect(await find({ host: '2001:db8::1', protocol: 'TLS' }, {})).toMatchObject({
      targets: ['TLS 2001:db8::1 5061'],
    });
    const zone = { addresses: { 'a.example': ['192.0.2.1', '2001:db8::1'] } };
    expect(await find({ host: 'a.example', port: 5070 }, zone)).toMatchObject({
      asked: ['A a.example'],
      targets: ['UDP 192.0.2.1 5070', 'UDP 2001:db8::1 5070'],
    });
  });

  test('TRK-65 NAPTR says which transports, in its order, of those that we may use', async () => {
    const zone: Zone = {
      naptr: {
        'a.example': [
          naptr('SIP+D2U', '_sip._udp.a.example', 2),
          naptr('SIPS+D2T', '_sips._tcp.a.example', 0),
          naptr('SIP+D2T', '_sip._tcp.b.example', 1, 2),
          naptr('sip+d2t', '_sip._tcp.a.example', 1, 1),
          naptr('E2U+sip', '_sip._udp.x.example', 0),
          naptr('SIP+D2U', 'direct.example', 0, 0, 'a'),
        ],
      },
      srv: {
        '_sip._tcp.a.example': [srv('one.example', 5081)],
        '_sip._tcp.b.example': [srv('two.example', 5082)],
        '_sip._udp.a.example': [srv('three.example', 5083)],
      },
      addresses: {
        'one.example': ['192.0.2.1'],
        'two.example': ['192.0.2.2'],
        'three.example': ['192.0.2.3'],
      },
    };
    expect((await find({ host: 'a.example' }, zone)).targets).toEqual([
      'TCP 192.0.2.1 5081',
      'TCP 192.0.2.2 5082',
      'UDP 192.0.2.3 5083',
    ]);
  });

  test('TRK-65 a transport that the URI names is not asked for; for TLS its name may be another', async () => {
    const zone: Zone = {
      naptr: { 'a.example': [naptr('SIPS+D2T', '_sips._tcp.other.example')] },
      srv: {
        '_sips._tcp.other.example': [srv('tls.example', 5061)],
        '_sip._tcp.a.example': [srv('tcp.example')],
      },
      addresses: { 'tls.example': ['192.0.2.1'], 'tcp.example': ['192.0.2.2'] },
    };
    expect(await find({ host: 'a.example', protocol: 'TLS' }, zone)).toMatchObject({
      targets: ['TLS 192.0.2.1 5061'],
    });
    expect(await find({ host: 'a.example', protocol: 'TCP' }, zone)).toMatchObject({
      asked: ['SRV _sip._tcp.a.example', 'A tcp.example'],
      targets: ['TCP 192.0.2.2 5060'],
    });
  });

  test('TRK-65 without NAPTR the usual names are looked under, without SRV the domain itself', async () => {
    const zone: Zone = {
      srv: { '_sip._udp.a.example': [srv('u.example')], '_sip._tcp.a.example': [srv('t.example')] },
      addresses: { 'u.example': ['192.0.2.1'], 't.example': ['192.0.2.2'], 'b.example': ['192.0.2.3'] },
    };
    expect((await find({ host: 'a.example' }, zone)).targets).toEqual([
      'UDP 192.0.2.1 5060',
      'TCP 192.0.2.2 5060',
    ]);
    expect(await find({ host: 'b.example' }, zone)).toMatchObject({
      asked: ['NAPTR b.example', 'SRV _sip._udp.b.example', 'SRV _sip._tcp.b.example', 'A b.example'],
      targets: ['UDP 192.0.2.3 5060'],
    });
    expect((await find({ host: 'nowhere.example' }, zone)).targets).toEqual([]);
  });

  test('TRK-65 a service that is decidedly not there is nowhere', async () => {
    const zone: Zone = {
      srv: { '_sip._udp.a.example': [srv('.', 5060), srv('', 5060)] },
      addresses: { 'a.example': ['192.0.2.1'] },
    };
    expect((await find({ host: 'a.example', protocol: 'UDP' }, zone)).targets).toEqual([]);
  });

  test('TRK-66 what was found holds for the shortest time that was told', async () => {
    const zone = { addresses: { 'a.example': ['192.0.2.1'] }, seconds: 77 };
    expect((await find({ host: 'a.example' }, zone)).seconds).toBe(77);
  });

  test('TRK-66 where nobody can be asked there is no answer, rather than an empty one', async () => {
    await expect(find({ host: 'a.example' }, { down: true })).rejects.toThrow('no name server');
  });

  test('however much somebody publishes, sixteen servers are known', async () => {
    const records = Array.from({ length: 500 }, (_, index) => srv(`h${index}.example`, 5060, index));
    const many = Array.from({ length: 500 }, (_, index) => `192.0.2.${index % 250}`);
    const zone: Zone = {
      srv: { '_sip._udp.a.example': records },
      addresses: Object.fromEntries(records.map(({ name }) => [name, many])),
    };
    const { targets, asked } = await find({ host: 'a.example', protocol: 'UDP' }, zone);
    expect(targets).toHaveLength(16);
    expect(asked.length).toBeLessThan(20);
  });
});
