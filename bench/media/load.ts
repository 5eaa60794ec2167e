import type { Socket } from 'node:dgram';
import { setTimeout as sleep } from 'node:timers/promises';
import { openSocket } from './socket.ts';

/**
 * Phones that send a packet of 20 ms each 20 ms. The first of each call says when: the codes at the head of a packet are its number, in
 * PCMU codes that stay as they are when they are decoded, mixed with silence and coded again. All others say silence.
 */
export interface PhoneLoad {
  readonly ports: number[][];
  /** sends to these ports, until told to stop */
  start(targets: readonly (readonly number[])[]): void;
  /** ms from out to in since the last time, of packets of the first phone heard by the second */
  takeDelays(): number[];
  readonly sent: number;
  stop(): Promise<void>;
}

const headerLength = 12;
const packetLength = headerLength + 160;
const silenceCode = 0xff;
/** codes 0x80 to 0xbf: six bits each, all loud */
const digits = 4;
const numberOf = (packet: Buffer): number => {
  let number = 0;
  for (let i = 0; i < digits; i++) number = number * 64 + ((packet[headerLength + i] ?? 0) & 0x3f);
  return number;
};

interface Phone {
  socket: Socket;
  speaks: boolean;
  packet: Buffer;
  sequence: number;
  target: number;
  /** ms, of the next packet */
  due: number;
}

const openPhone = async (call: number, index: number): Promise<Phone> => {
  const socket = await openSocket();
  const packet = Buffer.alloc(packetLength, silenceCode);
  packet.writeUInt16BE(0x8000, 0);
  packet.writeUInt32BE(call * 16 + index + 1, 8);
  return { socket, speaks: index === 0, packet, sequence: 0, target: 0, due: 0 };
};

export const openPhones = async (calls: number, phonesInCall: number): Promise<PhoneLoad> => {
  const phones = await Promise.all(
    Array.from({ length: calls }, (_, call) =>
      Promise.all(Array.from({ length: phonesInCall }, (__, index) => openPhone(call, index))),
    ),
  );
  const all = phones.flat();
  const sentAt = phones.map(() => new Map<number, number>());
  let delays: number[] = [];
  let timer: NodeJS.Timeout | undefined;
  let sent = 0;

  const sendOne = (phone: Phone, call: number): void => {
    phone.sequence++;
    const { packet, sequence } = phone;
    packet.writeUInt16BE(sequence & 0xffff, 2);
    packet.writeUInt32BE((sequence * 160) >>> 0, 4);
    if (phone.speaks) {
      let rest = sequence;
      for (let i = digits - 1; i >= 0; i--) {
        packet[headerLength + i] = 0x80 | (rest & 0x3f);
        rest >>= 6;
      }
      sentAt[call]?.set(sequence, performance.now());
    }
    sent++;
    // its own copy: the system may take the packet later
    phone.socket.send(Buffer.from(packet), phone.target, '127.0.0.1');
  };

  const sendDue = (): void => {
    const now = performance.now();
    phones.forEach((inCall, call) => {
      for (const phone of inCall) {
        for (; phone.due <= now; phone.due += 20) sendOne(phone, call);
      }
    });
  };

  phones.forEach((inCall, call) => {
    inCall.forEach((phone, index) => {
      phone.socket.on('message', packet => {
        if (index !== 1 || packet.length !== packetLength || packet[headerLength] === silenceCode) return;
        const number = numberOf(packet);
        const at = sentAt[call]?.get(number);
        if (at === undefined) return;
        sentAt[call]?.delete(number);
        delays.push(performance.now() - at);
      });
    });
  });

  return {
    ports: phones.map(inCall => inCall.map(({ socket }) => socket.address().port)),
    start(targets) {
      const begin = performance.now() + 50;
      all.forEach((phone, index) => {
        phone.due = begin + (20 * index) / all.length;
      });
      phones.forEach((inCall, call) => {
        inCall.forEach((phone, index) => {
          phone.target = targets[call]?.[index] ?? 0;
        });
      });
      timer = setInterval(sendDue, 1);
    },
    takeDelays() {
      const taken = delays;
      delays = [];
      return taken;
    },
    get sent() {
      return sent;
    },
    async stop() {
      clearInterval(timer);
      await sleep(50);
      for (const { socket } of all) socket.close();
    },
  };
};
