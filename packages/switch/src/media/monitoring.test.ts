import { describe, expect, test } from 'vitest';
import type { LegMedia } from '../control/protocol.ts';
import { encode } from './g711.ts';
import { sine } from './goertzel.ts';
import { codeSound } from './sound-library.ts';
import { createTestExchange } from './test-exchange.ts';
import { hears, type Talker, talk } from './test-talk.ts';

const monitor = (of: string, whisper = false): LegMedia => ({ type: 'monitor', of, whisper });
const play = (name: string): LegMedia => ({ type: 'play', sounds: [{ type: 'music', name }] });
const voices = [400, 700, 1000, 1300, 1600];

/** The agent (400 Hz) speaks with the customer (700); the supervisor (1000) hears the agent. */
function monitored(whisper = false) {
  const all = createTestExchange();
  const agent: Talker = { phone: all.phone('agent', { type: 'none' }), hertz: 400 };
  const customer: Talker = {
    phone: all.phone('customer', { type: 'connected', with: 'agent' }),
    hertz: 700,
  };
  const supervisor: Talker = { phone: all.phone('supervisor', monitor('agent', whisper)), hertz: 1000 };
  all.sounds.set('music-default', codeSound(sine(1300, 2000, 1600)));
  all.sounds.set('beep', codeSound(sine(1600, 2000, 1600)));
  return { ...all, agent, customer, supervisor, everybody: [agent, customer, supervisor] };
}

describe('a monitor', () => {
  test('MED-35 hears both sides of a call, and nobody hears it', () => {
    const { agent, customer, supervisor, everybody, pass } = monitored();
    talk(everybody, pass, 10);
    expect(hears(supervisor.phone, voices)).toEqual([400, 700]);
    expect(hears(agent.phone, voices)).toEqual([700]);
    expect(hears(customer.phone, voices)).toEqual([400]);
  });

  test('MED-35 the monitored call goes on packet by packet, without waiting for a tick', () => {
    const { agent, customer, pass } = monitored();
    talk([agent, customer], pass, 5);
    customer.phone.heard.length = 0;
    agent.phone.say({ sequence: 5, timestamp: 800 });
    expect(customer.phone.heard).toHaveLength(1);
  });

  test('MED-35 hears the leg whatever its media becomes', () => {
    const { customer, supervisor, everybody, pass, exchange, phone } = monitored();
    talk(everybody, pass, 5);
    exchange.setMedia('agent', play('default'));
    talk(everybody, pass, 5, 5);
    expect(hears(supervisor.phone, voices)).toEqual([400, 1300]);
    exchange.setMedia('agent', { type: 'none' });
    talk(everybody, pass, 5, 10);
    expect(hears(supervisor.phone, voices)).toEqual([400]);
    const third: Talker = { phone: phone('third', { type: 'conference', name: 'x' }), hertz: 1600 };
    for (const leg of ['agent', 'customer']) exchange.setMedia(leg, { type: 'conference', name: 'x' });
    talk([...everybody, third], pass, 5, 15);
    expect(hears(supervisor.phone, voices)).toEqual([400, 700, 1600]);
    expect(hears(third.phone, voices)).toEqual([400, 700]);
    exchange.setMedia('agent', { type: 'connected', with: 'customer' });
    talk([...everybody, third], pass, 5, 20);
    expect(hears(supervisor.phone, voices)).toEqual([400, 700]);
    expect(hears(customer.phone, voices)).toEqual([400]);
  });

  test('MED-35 hears nothing that the person does not hear, as while the phone is on hold', () => {
    const { agent, supervisor, everybody, pass } = monitored();
    talk(everybody, pass, 5);
    agent.phone.agree({ direction: 'inactive' });
    talk(everybody, pass, 5, 5);
    expect(hears(supervisor.phone, voices)).toEqual([]);
  });

  test('MED-36 with whisper the person hears it too, and nobody else does', () => {
    const { agent, customer, supervisor, everybody, pass, phone } = monitored(true);
    const other: Talker = { phone: phone('other', monitor('agent')), hertz: 1600 };
    talk([...everybody, other], pass, 10);
    expect(hears(agent.phone, voices)).toEqual([700, 1000]);
    expect(hears(customer.phone, voices)).toEqual([400]);
    expect(hears(other.phone, voices)).toEqual([400, 700]);
    expect(hears(supervisor.phone, voices)).toEqual([400, 700]);
  });

  test('MED-36 in a conference, during music and alone too', () => {
    const { agent, customer, everybody, pass, exchange } = monitored(true);
    for (const leg of ['agent', 'customer']) exchange.setMedia(leg, { type: 'conference', name: 'x' });
    talk(everybody, pass, 5);
    expect([hears(agent.phone, voices), hears(customer.phone, voices)]).toEqual([[700, 1000], [400]]);
    exchange.setMedia('agent', play('default'));
    talk(everybody, pass, 5, 5);
    expect(hears(agent.phone, voices)).toEqual([1000, 1300]);
    exchange.setMedia('agent', { type: 'none' });
    talk(everybody, pass, 5, 10);
    expect(hears(agent.phone, voices)).toEqual([1000]);
  });

  test('MED-36 several may whisper, and one that stops is heard no more while the call goes on in one stream', () => {
    const { agent, everybody, pass, exchange, phone } = monitored(true);
    const other: Talker = { phone: phone('other', monitor('agent', true)), hertz: 1600 };
    talk([...everybody, other], pass, 5);
    expect(hears(agent.phone, voices)).toEqual([700, 1000, 1600]);
    exchange.setMedia('supervisor', monitor('agent'));
    exchange.close('other');
    talk(everybody, pass, 5, 5);
    expect(hears(agent.phone, voices)).toEqual([700]);
    const { heard } = agent.phone;
    heard.slice(1).forEach((packet, i) => {
      expect((packet.sequence - (heard[i]?.sequence ?? 0)) & 0xffff).toBe(1);
      expect((packet.timestamp - (heard[i]?.timestamp ?? 0)) | 0).toBeGreaterThan(0);
    });
  });

  test('MED-37 a monitor of a leg that is not there, or is gone, hears silence and goes on', () => {
    const { supervisor, everybody, pass, exchange, counters, phone } = monitored(true);
    exchange.setMedia('supervisor', monitor('nobody', true));
    talk(everybody, pass, 5);
    expect(counters.unknownLegs).toBe(1);
    expect(hears(supervisor.phone, voices)).toEqual([]);
    expect(supervisor.phone.heard).toHaveLength(5);
    exchange.setMedia('supervisor', monitor('agent', true));
    exchange.close('agent');
    talk(everybody.slice(1), pass, 5, 5);
    expect(hears(supervisor.phone, voices)).toEqual([]);
    expect(supervisor.phone.heard).toHaveLength(10);
    const late: Talker = { phone: phone('agent', { type: 'none' }), hertz: 1600 };
    talk([...everybody.slice(1), late], pass, 5, 10);
    expect(hears(supervisor.phone, voices)).toEqual([1600]);
    expect(hears(late.phone, voices)).toEqual([1000]);
  });

  test('MED-37 a leg that is not up is not overheard', () => {
    const { agent, supervisor, everybody, pass, exchange } = monitored();
    exchange.close('agent');
    const pipe = { send() {}, sendControl() {}, onPacket: (_: Buffer) => {}, aim() {}, close() {} };
    exchange.open('agent', pipe);
    const direction = 'sendrecv';
    exchange.setRemote('agent', { address: '', port: 1, payloadType: 0, telephoneEvent: 101, direction });
    const early = { ...agent, phone: { ...agent.phone, say: () => pipe.onPacket(Buffer.alloc(172, 0x80)) } };
    talk([early, ...everybody.slice(1)], pass, 5);
    expect(hears(supervisor.phone, voices)).toEqual([]);
  });

  test('MED-37 two that monitor each other hear what the other says and no echo of it', () => {
    const { agent, supervisor, everybody, pass, exchange } = monitored();
    exchange.setMedia('agent', monitor('supervisor'));
    talk(everybody, pass, 50);
    expect(hears(supervisor.phone, voices)).toEqual([400]);
    expect(hears(agent.phone, voices)).toEqual([1000]);
    expect(supervisor.phone.heard.at(-1)?.payload).toEqual(encode(sine(400, 2000, 160), 'ulaw'));
    exchange.setMedia('supervisor', monitor('supervisor', true));
    talk(everybody, pass, 5, 50);
    expect(hears(supervisor.phone, voices)).toEqual([]);
  });

  test("MED-38 while somebody whispers the partner's digits go on, each once", () => {
    const { agent, customer, everybody, pass, events } = monitored(true);
    talk(everybody, pass, 5);
    for (const [sequence, code] of [
      [5, 2],
      [6, 2],
      [7, 4],
    ] as const) {
      customer.phone.say({
        payloadType: 101,
        sequence,
        timestamp: 1000 * code,
        payload: Buffer.of(code, 0x8a, 0, 160),
      });
    }
    pass(500);
    expect(events.filter(event => event.type === 'digit')).toHaveLength(2);
    const sent = agent.phone.heard.filter(packet => packet.payloadType === 101 && packet.marker);
    expect(sent.map(packet => packet.payload[0])).toEqual([2, 4]);
  });

  test('MED-38 a digit for a phone that takes none is dropped', () => {
    const { agent, customer, everybody, pass, counters } = monitored(true);
    agent.phone.agree({ telephoneEvent: null });
    talk(everybody, pass, 5);
    customer.phone.say({ payloadType: 101, sequence: 5, timestamp: 800, payload: Buffer.of(4, 0, 0, 160) });
    pass(200);
    expect(counters.dropped.unheard).toBeGreaterThan(0);
    expect(agent.phone.heard.every(packet => packet.payloadType === 0)).toBe(true);
  });
});

describe('an announcement', () => {
  test('MED-39 is heard once over the call, by its person alone', () => {
    const { agent, customer, supervisor, everybody, pass, exchange } = monitored();
    talk(everybody, pass, 5);
    exchange.announce('agent', 'beep');
    talk(everybody, pass, 5, 5);
    expect(hears(agent.phone, voices)).toEqual([700, 1600]);
    expect(hears(customer.phone, voices)).toEqual([400]);
    expect(hears(supervisor.phone, voices)).toEqual([400, 700]);
    talk(everybody, pass, 10, 10);
    expect(hears(agent.phone, voices)).toEqual([700]);
  });

  test('MED-39 is heard over music, in a conference and by a monitor; what goes on behind it is not begun again', () => {
    const { agent, customer, supervisor, everybody, pass, exchange, events } = monitored();
    exchange.setMedia('agent', play('default'));
    exchange.setMedia('customer', { type: 'conference', name: 'x' });
    for (const leg of ['agent', 'customer', 'supervisor']) exchange.announce(leg, 'beep');
    talk(everybody, pass, 5);
    expect(hears(agent.phone, voices)).toEqual([1300, 1600]);
    expect(hears(customer.phone, voices)).toEqual([1600]);
    expect(hears(supervisor.phone, voices)).toEqual([400, 1300, 1600]);
    talk(everybody, pass, 10, 5);
    expect(hears(agent.phone, voices)).toEqual([1300]);
    expect(events).toEqual([]);
  });

  test('MED-39 announcements wait for each other, up to eight; one that is missing is skipped and counted', () => {
    const { agent, pass, exchange, counters, sounds } = monitored();
    sounds.set('other', codeSound(sine(1000, 2000, 160)));
    for (const sound of ['beep', 'missing', 'other']) exchange.announce('agent', sound);
    pass(200);
    expect(hears(agent.phone, voices)).toEqual([1600]);
    pass(20);
    expect(hears(agent.phone, voices)).toEqual([1000]);
    expect(counters.soundsMissing).toBe(1);
    pass(20);
    for (let i = 0; i < 20; i++) exchange.announce('agent', 'beep');
    expect(counters.announcementsRefused).toBe(12);
    pass(8 * 200);
    expect(hears(agent.phone, voices)).toEqual([1600]);
    pass(300);
    expect(hears(agent.phone, voices)).toEqual([]);
  });

  test('MED-39 is not heard by a leg that is gone, and asking for it is counted', () => {
    const { exchange, counters } = monitored();
    exchange.announce('nobody', 'beep');
    expect(counters.unknownLegs).toBe(1);
  });
});
