import { createSocket } from 'node:dgram';

/** Speech of the test phone: sends a tone, listens, sends and collects digits. */
export interface PhoneAudio {
  readonly port: number;
  /** where to send; undefined: nowhere */
  setRemote(
    remote: { address: string; port: number; payloadType: number; telephoneEvent: number } | undefined,
  ): void;
  /** frequency of the tone that is sent; 0 is silence (packets go on) */
  setTone(hertz: number): void;
  /** speaks these samples of 8 kHz once, instead of the tone; done when the last is sent, or others came in between */
  say(samples: Int16Array): Promise<void>;
  /** calls back with the payload of every packet of speech that comes in, as it came (G.711) */
  listen(listener: (payload: Buffer, payloadType: number) => void): void;
  /** stops or goes on sending packets, as a phone does that vanishes or holds */
  setSending(on: boolean): void;
  /** RFC 4733 events, 100 ms each; done when the last one is sent */
  sendDigits(digits: string): Promise<void>;
  /** digits heard so far */
  readonly digits: string;
  readonly packetsReceived: number;
  /** amplitude (0 to 1) of this frequency in what is heard during the next milliseconds */
  level(hertz: number, milliseconds: number): Promise<number>;
  close(): void;
}

const packetSamples = 160;
const eventCodes = '0123456789*#ABCD';

/** G.711 by its definition, sample by sample (ITU-T G.711 table 2a): slow, and independent of the switch's tables. */
export function muLawToLinear(byte: number): number {
  const inverted = ~byte & 0xff;
  const magnitude = ((((inverted & 0x0f) << 3) + 0x84) << ((inverted >> 4) & 7)) - 0x84;
  return inverted & 0x80 ? -magnitude : magnitude;
}

export function aLawToLinear(byte: number): number {
  const value = byte ^ 0x55;
  const exponent = (value >> 4) & 7;
  const mantissa = value & 0x0f;
  const magnitude = exponent === 0 ? (mantissa << 4) + 8 : ((mantissa << 4) + 0x108) << (exponent - 1);
  return value & 0x80 ? magnitude : -magnitude;
}

function nearest(decode: (byte: number) => number): (sample: number) => number {
  const known = Array.from({ length: 256 }, (_, byte) => decode(byte));
  const cache = new Map<number, number>();
  return sample => {
    const rounded = Math.round(sample / 16) * 16;
    let best = cache.get(rounded);
    if (best === undefined) {
      best = 0;
      for (let byte = 1; byte < 256; byte++) {
        const better = Math.abs((known[byte] ?? 0) - rounded) < Math.abs((known[best] ?? 0) - rounded);
        if (better) best = byte;
      }
      cache.set(rounded, best);
    }
    return best;
  };
}

const encoders = { 0: nearest(muLawToLinear), 8: nearest(aLawToLinear) };

/** Amplitude of one frequency: Goertzel's algorithm over 8 kHz samples. */
export function goertzel(samples: readonly number[], hertz: number): number {
  const coefficient = 2 * Math.cos((2 * Math.PI * hertz) / 8000);
  let last = 0;
  let before = 0;
  for (const sample of samples) {
    const now = sample / 32768 + coefficient * last - before;
    before = last;
    last = now;
  }
  const power = last * last + before * before - coefficient * last * before;
  return samples.length === 0 ? 0 : (2 * Math.sqrt(Math.max(0, power))) / samples.length;
}

export async function openPhoneAudio(address: string, port: number): Promise<PhoneAudio> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(port, address, resolve);
  });
  socket.on('error', () => {});
  let remote: Parameters<PhoneAudio['setRemote']>[0];
  let sending = true;
  let hertz = 0;
  let phase = 0;
  let sequenceNumber = Math.floor(Math.random() * 65_536);
  let timestamp = Math.floor(Math.random() * 2 ** 31);
  const source = Math.floor(Math.random() * 2 ** 32);
  let digits = '';
  let lastEvent = -1;
  let packetsReceived = 0;
  let closed = false;
  const listeners = new Set<number[]>();
  const ears = new Set<(payload: Buffer, payloadType: number) => void>();
  let speech: { samples: Int16Array; at: number; done: () => void } | undefined;
  const eventPackets: { code: number; duration: number; end: boolean; first: boolean; at: number }[] = [];
  let eventDone: (() => void)[] = [];

  function send(payloadType: number, marker: boolean, at: number, payload: Buffer): void {
    if (remote === undefined) return;
    const header = Buffer.alloc(12);
    header[0] = 0x80;
    header[1] = payloadType | (marker ? 0x80 : 0);
    sequenceNumber = (sequenceNumber + 1) & 0xffff;
    header.writeUInt16BE(sequenceNumber, 2);
    header.writeUInt32BE(at >>> 0, 4);
    header.writeUInt32BE(source, 8);
    socket.send(Buffer.concat([header, payload]), remote.port, remote.address, () => {});
  }

  function sendPacket(): void {
    timestamp = (timestamp + packetSamples) >>> 0;
    if (remote === undefined || !sending) return;
    if (eventPackets.length > 0) sendEventPacket(remote.telephoneEvent);
    else sendTonePacket(remote.payloadType);
  }

  function sendEventPacket(payloadType: number): void {
    const event = eventPackets.shift();
    if (event === undefined) return;
    // RFC 4733 §2.3.5: all packets of an event have the timestamp of its beginning.
    const at = (timestamp - event.at * packetSamples) >>> 0;
    const payload = Buffer.from([
      event.code,
      (event.end ? 0x80 : 0) | 10,
      event.duration >> 8,
      event.duration & 0xff,
    ]);
    send(payloadType, event.first, at, payload);
    if (eventPackets.length === 0) for (const done of eventDone.splice(0)) done();
  }

  function sendTonePacket(payloadType: number): void {
    const encode = encoders[payloadType === 8 ? 8 : 0];
    const payload = Buffer.alloc(packetSamples);
    for (let i = 0; i < packetSamples; i++) {
      const tone = hertz === 0 ? 0 : 8_000 * Math.sin(phase);
      payload[i] = encode(speech === undefined ? tone : (speech.samples[speech.at++] ?? 0));
      phase += (2 * Math.PI * hertz) / 8_000;
    }
    if (speech !== undefined && speech.at >= speech.samples.length) endSpeech();
    send(payloadType, false, timestamp, payload);
  }

  function endSpeech(): void {
    const spoken = speech;
    speech = undefined;
    spoken?.done();
  }

  // Packets are counted from the start, so that a late timer is made up for.
  const start = performance.now();
  let sent = 0;
  const ticker = setInterval(() => {
    const due = Math.floor((performance.now() - start) / 20);
    if (due - sent > 25) sent = due - 1;
    for (; sent < due; sent++) sendPacket();
  }, 10);

  function hear(payload: Buffer, payloadType: number): void {
    for (const ear of ears) ear(payload, payloadType);
    const decode = payloadType === 8 ? aLawToLinear : muLawToLinear;
    for (const samples of listeners) for (const byte of payload) samples.push(decode(byte));
  }

  socket.on('message', packet => {
    if (packet.length < 12 || remote === undefined) return;
    packetsReceived++;
    const payloadType = (packet[1] ?? 0) & 0x7f;
    const payload = packet.subarray(12 + ((packet[0] ?? 0) & 0x0f) * 4);
    if (payloadType === remote.telephoneEvent) {
      // One digit is several packets with one timestamp.
      const at = packet.readUInt32BE(4);
      if (at !== lastEvent) digits += eventCodes[payload[0] ?? 255] ?? '';
      lastEvent = at;
      return;
    }
    hear(payload, payloadType);
  });

  return {
    port: socket.address().port,
    setRemote(next) {
      remote = next;
    },
    setTone(next) {
      hertz = next;
    },
    say(samples) {
      endSpeech();
      return new Promise(done => {
        if (closed) done();
        else speech = { samples, at: 0, done };
      });
    },
    listen(listener) {
      ears.add(listener);
    },
    setSending(on) {
      sending = on;
    },
    sendDigits(text) {
      for (const digit of text.toUpperCase()) {
        const code = eventCodes.indexOf(digit);
        for (let i = 0; i < 7; i++) {
          const duration = Math.min(i + 1, 5) * packetSamples;
          eventPackets.push({ code, duration, end: i >= 4, first: i === 0, at: i });
        }
      }
      return new Promise(resolve => {
        eventDone = [...eventDone, resolve];
      });
    },
    get digits() {
      return digits;
    },
    get packetsReceived() {
      return packetsReceived;
    },
    async level(frequency, milliseconds) {
      const samples: number[] = [];
      listeners.add(samples);
      await new Promise(resolve => setTimeout(resolve, milliseconds));
      listeners.delete(samples);
      return goertzel(samples, frequency);
    },
    close() {
      if (closed) return;
      closed = true;
      clearInterval(ticker);
      endSpeech();
      socket.close();
    },
  };
}
