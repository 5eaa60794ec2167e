import type { LegId, LegMedia } from '../control/protocol.ts';
import { type Counters, createCounters } from './counters.ts';
import type { MediaEvent, RemoteMedia } from './engine.ts';
import { createExchange, type Exchange } from './exchange.ts';
import type { MediaPipe } from './pipe.ts';
import type { RecordingFile } from './recorder.ts';
import type { CodedSound } from './sound-library.ts';
import { type HeardPacket, parsePacket, rtp, type SaidPacket } from './test-phone.ts';
import { codeTones, etsiCadences } from './tones.ts';

/** An exchange with phones that are no sockets and time that is no clock. */
export interface TestExchange {
  exchange: Exchange;
  counters: Counters;
  events: MediaEvent[];
  sounds: Map<string, CodedSound>;
  files: Map<string, TestFile>;
  now(): number;
  /** passes time, tick by tick */
  pass(milliseconds: number): void;
  /** a phone whose leg is open, agreed and has the media */
  phone(id: LegId, media: LegMedia, remote?: Partial<RemoteMedia>): FakePhone;
}

export interface FakePhone {
  id: LegId;
  heard: HeardPacket[];
  /** RTCP */
  reports: Buffer[];
  /** when each packet came */
  times: number[];
  /** the next packets in order, 20 ms of `code` each, one each 20 ms */
  speak(code: number, packets?: number): void;
  send(packet: Buffer): void;
  say(packet: SaidPacket): void;
  /** distinct payloads by their first byte, in order */
  codes(): number[];
  agree(remote: Partial<RemoteMedia>): void;
}

export interface TestFile {
  bytes: Buffer;
  closed: boolean;
  /** the disk takes no more */
  full?: boolean;
}

const agreed: RemoteMedia = {
  address: '192.0.2.1',
  port: 4000,
  payloadType: 0,
  telephoneEvent: 101,
  direction: 'sendrecv',
};

function memoryFile(file: TestFile): RecordingFile {
  return {
    async write(bytes, position) {
      if (file.full) throw new Error('no space left');
      const grown = Buffer.alloc(Math.max(file.bytes.length, position + bytes.length));
      file.bytes.copy(grown);
      bytes.copy(grown, position);
      file.bytes = grown;
    },
    async close() {
      file.closed = true;
    },
  };
}

export function createTestExchange(silentSeconds = 30): TestExchange {
  let time = 1000;
  const counters = createCounters();
  const events: MediaEvent[] = [];
  const sounds = new Map<string, CodedSound>();
  const files = new Map<string, TestFile>();
  const exchange = createExchange({
    emit: event => events.push(event),
    now: () => time,
    random: () => 0.25,
    library: { find: name => sounds.get(name) ?? 'missing' },
    tones: codeTones(etsiCadences),
    counters,
    async openFile(path) {
      if (files.has(path)) throw new Error('it exists');
      const file = { bytes: Buffer.alloc(0), closed: false };
      files.set(path, file);
      return memoryFile(file);
    },
    silentSeconds,
  });

  function pass(milliseconds: number): void {
    for (let left = milliseconds; left > 0; left -= 20) {
      time += 20;
      exchange.tick(time);
    }
  }

  function phone(id: LegId, media: LegMedia, remote: Partial<RemoteMedia> = {}): FakePhone {
    const heard: HeardPacket[] = [];
    const reports: Buffer[] = [];
    const times: number[] = [];
    let sequence = 0;
    const pipe: MediaPipe = {
      send(packet, offset, length) {
        heard.push(parsePacket(Buffer.from(packet.subarray(offset, offset + length))));
        times.push(time);
      },
      sendControl: packet => reports.push(packet),
      onPacket: () => undefined,
      aim: () => undefined,
      close: () => undefined,
    };
    let present = { ...agreed, ...remote };
    exchange.open(id, pipe);
    exchange.setRemote(id, present);
    exchange.setMedia(id, media);
    const self: FakePhone = {
      id,
      heard,
      reports,
      times,
      speak(code, packets = 1) {
        for (let i = 0; i < packets; i++) {
          const payload = Buffer.alloc(160, code);
          self.say({ payloadType: present.payloadType, sequence, timestamp: 160 * sequence, payload });
          sequence++;
          pass(20);
        }
      },
      send: packet => pipe.onPacket(packet),
      say: packet => pipe.onPacket(rtp(packet)),
      codes: () => [...new Set(heard.map(packet => packet.payload[0] as number))],
      agree(changed) {
        present = { ...present, ...changed };
        exchange.setRemote(id, present);
      },
    };
    return self;
  }

  return { exchange, counters, events, sounds, files, now: () => time, pass, phone };
}

/** A sound of so many frames, each of the same code in both laws. */
export const soundOf = (code: number, frames: number): CodedSound => ({
  ulaw: Buffer.alloc(160 * frames, code),
  alaw: Buffer.alloc(160 * frames, code),
});
