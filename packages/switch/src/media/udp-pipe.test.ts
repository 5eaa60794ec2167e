import { createSocket, type Socket } from 'node:dgram';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { eventually } from '../testing/eventually.ts';
import { type Counters, createCounters } from './counters.ts';
import { openTestPhone, rtp, type TestPhone } from './test-phone.ts';
import { openUdpPipe, type UdpPipe } from './udp-pipe.ts';

let counters: Counters;
let pipe: UdpPipe;
let got: Buffer[];
let phone: TestPhone;
let other: TestPhone;
let third: TestPhone;

beforeEach(async () => {
  counters = createCounters();
  pipe = await openUdpPipe('127.0.0.1', 0, counters);
  got = [];
  pipe.onPacket = packet => got.push(packet);
  [phone, other, third] = [await openTestPhone(), await openTestPhone(), await openTestPhone()];
});

afterEach(() => {
  pipe.close();
  for (const one of [phone, other, third]) one.close();
});

const packet = (sequence: number) => rtp({ sequence, timestamp: sequence * 160 });

/** Sends and waits until it was taken or dropped. */
async function from(sender: TestPhone, bytes: Buffer): Promise<void> {
  const before = counters.packetsReceived;
  sender.send(bytes, pipe.port);
  await eventually(() => expect(counters.packetsReceived).toBe(before + 1));
}

async function reaches(receiver: TestPhone): Promise<void> {
  const before = receiver.heard.length;
  pipe.send(packet(9), 0, 172);
  await eventually(() => expect(receiver.heard.length).toBe(before + 1));
}

test('MED-03 what comes from the agreed address and port is taken', async () => {
  pipe.aim('127.0.0.1', phone.port);
  await from(phone, packet(1));
  expect(got).toEqual([packet(1)]);
  await reaches(phone);
});

test('MED-03 before anything is agreed nothing is taken', async () => {
  await from(phone, packet(1));
  expect(got).toEqual([]);
  expect(counters.dropped.noLeg).toBe(1);
});

test('MED-03 another address is never taken', async () => {
  pipe.aim('127.0.0.2', phone.port);
  await from(phone, packet(1));
  expect(got).toEqual([]);
  expect(counters.dropped.foreign).toBe(1);
});

test('MED-03 another port of the agreed address is believed once, and sent to', async () => {
  pipe.aim('127.0.0.1', phone.port);
  await from(other, packet(1));
  await from(third, packet(2));
  await from(other, packet(3));
  expect(got).toEqual([packet(1), packet(3)]);
  expect(counters.dropped.foreign).toBe(1);
  await reaches(other);
});

test('MED-03 the agreed port is right whenever it speaks, also after another was believed', async () => {
  pipe.aim('127.0.0.1', phone.port);
  await from(other, packet(1));
  await from(phone, packet(2));
  await from(other, packet(3));
  expect(got).toEqual([packet(1), packet(2)]);
  await reaches(phone);
});

test('MED-03 no port is believed for anything but RTP', async () => {
  pipe.aim('127.0.0.1', phone.port);
  await from(other, Buffer.from('hello, this is no RTP at all'));
  await from(phone, packet(1));
  expect(got).toEqual([packet(1)]);
  expect(counters.dropped.version).toBe(1);
});

test('MED-03 the same agreement again changes nothing, another one begins anew', async () => {
  pipe.aim('127.0.0.1', phone.port);
  await from(other, packet(1));
  pipe.aim('127.0.0.1', phone.port);
  await reaches(other);
  pipe.aim('127.0.0.1', third.port);
  await from(other, packet(2));
  await from(third, packet(3));
  expect(got).toHaveLength(3);
  await reaches(third);
});

test.each([
  ['example.org', 4000],
  ['::1', 4000],
  ['0.0.0.0', 4000],
  ['127.0.0.1', 0],
  ['127.0.0.1', 70_000],
])('MED-03 to %s port %i nothing is sent and from there nothing taken', async (address, port) => {
  pipe.aim(address, port);
  pipe.send(packet(1), 0, 172);
  await from(phone, packet(1));
  expect(got).toEqual([]);
  expect(counters.sendErrors).toBe(0);
});

test('a port that is taken is refused', async () => {
  await expect(openUdpPipe('127.0.0.1', pipe.port, counters)).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

/** A socket at an odd port: where the RTCP of a phone at the port below comes. */
async function openControl(): Promise<Socket> {
  for (;;) {
    const socket = createSocket('udp4');
    await new Promise<void>(resolve => socket.bind(0, '127.0.0.1', resolve));
    if (socket.address().port % 2 === 1) return socket;
    socket.close();
  }
}

test('MED-47 a report goes to the port above the RTP port, and where that is odd nowhere', async () => {
  const control = await openControl();
  const heard: string[] = [];
  control.on('message', bytes => heard.push(bytes.toString()));
  const { port } = control.address();
  pipe.sendControl(Buffer.from('deaf'));
  pipe.aim('127.0.0.1', port);
  pipe.sendControl(Buffer.from('odd'));
  pipe.aim('127.0.0.1', port - 1);
  pipe.sendControl(Buffer.from('report'));
  await eventually(() => expect(heard).toEqual(['report']));
  control.close();
});

test.each(['192.0.2.1', '::', 'fe80::1%lo'])('SIP-86 over IPv6 nothing is sent to %s', async address => {
  const six = await openUdpPipe('::1', 0, counters).catch(() => undefined);
  // no IPv6 on this machine
  if (six === undefined) return;
  six.aim(address, 40_000);
  six.send(packet(1), 0, 172);
  six.aim('::1', six.port);
  six.onPacket = each => got.push(each);
  six.aim('0:0:0:0:0:0:0:1', six.port);
  six.send(packet(2), 0, 172);
  await eventually(() => expect(got).toHaveLength(1));
  six.close();
  expect(counters.sendErrors).toBe(0);
});
