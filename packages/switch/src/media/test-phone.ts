import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createRtpPacket, HEADER, readRtp, writeRtpHeader } from './rtp.ts';

/** A packet as a phone got it. */
export interface HeardPacket {
  payloadType: number;
  marker: boolean;
  sequence: number;
  timestamp: number;
  ssrc: number;
  payload: Buffer;
}

export function parsePacket(packet: Buffer): HeardPacket {
  const header = createRtpPacket();
  const fault = readRtp(packet, header);
  if (fault) throw new Error(`not RTP: ${fault}`);
  const { payloadType, marker, sequence, timestamp, ssrc } = header;
  return {
    payloadType,
    marker,
    sequence,
    timestamp,
    ssrc,
    payload: packet.subarray(header.start, header.end),
  };
}

export interface SaidPacket {
  payloadType?: number;
  marker?: boolean;
  sequence: number;
  timestamp: number;
  ssrc?: number;
  payload?: Buffer;
}

export function rtp(said: SaidPacket): Buffer {
  const payload = said.payload ?? Buffer.alloc(160, 0x55);
  const packet = Buffer.alloc(HEADER + payload.length);
  writeRtpHeader(
    packet,
    0,
    said.payloadType ?? 0,
    said.marker ?? false,
    said.sequence & 0xffff,
    said.timestamp >>> 0,
    said.ssrc ?? 7,
  );
  payload.copy(packet, HEADER);
  return packet;
}

/** A socket on loopback that keeps what it hears. */
export interface TestPhone {
  port: number;
  heard: HeardPacket[];
  send(packet: Buffer, port: number): void;
  close(): void;
}

export async function openTestPhone(): Promise<TestPhone> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const heard: HeardPacket[] = [];
  socket.on('message', packet => heard.push(parsePacket(packet)));
  return {
    port: socket.address().port,
    heard,
    send: (packet, port) => socket.send(packet, port, '127.0.0.1'),
    close: () => socket.close(),
  };
}
