import type { Leg } from './leg.ts';
import { lostOf } from './reception.ts';

/**
 * RTCP (RFC 3550 §6), one way: what was sent to a phone and how well its packets came, so that the phone can show it and those who look
 * for the cause of bad speech find it there. The phone's own reports are not read.
 */

/** Mean time between two reports, ms; each is half to one and a half of it (§6.2). */
const interval = 5000;

const senderReport = 200;
const receiverReport = 201;
const sourceDescription = 202;
const canonicalName = 1;

/** Sends the leg's phone a report when one is due. */
export function report(leg: Leg, now: number, random: () => number): void {
  const { reports, said, reception } = leg;
  if (said.packets === 0 && reception.received === 0) return;
  const due = reports.dueAt;
  if (due !== undefined && now < due) return;
  reports.dueAt = now + interval * (0.5 + random());
  if (due === undefined) return;
  leg.pipe.sendControl(compound(leg, now));
  reports.packets = said.packets;
  reports.expected = reception.expected;
  reports.received = reception.received;
}

/** §6.1: a report and the name of its sender in one datagram. */
function compound(leg: Leg, now: number): Buffer {
  const sends = leg.said.packets > leg.reports.packets;
  const blocks = leg.reception.received > 0 ? [receptionBlock(leg)] : [];
  const { ssrc } = leg.said;
  const body = Buffer.concat([word(ssrc), ...(sends ? [senderInformation(leg, now)] : []), ...blocks]);
  const name = Buffer.from(`cordboard-${ssrc.toString(16)}`);
  // §6.5: the items end with at least one zero byte, at a word's end
  const item = Buffer.alloc(4 * Math.ceil((2 + name.length + 1) / 4));
  item[0] = canonicalName;
  item[1] = name.length;
  name.copy(item, 2);
  return Buffer.concat([
    header(blocks.length, sends ? senderReport : receiverReport, body),
    body,
    header(1, sourceDescription, Buffer.concat([word(ssrc), item])),
    word(ssrc),
    item,
  ]);
}

function word(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
}

function header(count: number, type: number, body: Buffer): Buffer {
  const bytes = Buffer.of(0x80 | count, type, 0, 0);
  bytes.writeUInt16BE(body.length / 4, 2);
  return bytes;
}

/** §6.4.1. The time is that since the start of the engine, as the section allows. */
function senderInformation(leg: Leg, now: number): Buffer {
  const { timestamp, sentAt, packets, octets } = leg.said;
  const seconds = Math.floor(now / 1000);
  const fraction = Math.floor((now / 1000 - seconds) * 2 ** 32);
  const stamp = timestamp + Math.round((now - sentAt) * 8);
  return Buffer.concat([seconds, fraction, stamp, packets, octets].map(word));
}

/** §6.4.1, the block of the one phone. Without reports of the phone there is no round trip to be told: the last two words are 0. */
function receptionBlock({ heard, reception, reports }: Leg): Buffer {
  const block = Buffer.alloc(24);
  block.writeUInt32BE(heard.ssrc, 0);
  const expected = reception.expected - reports.expected;
  const missing = expected - (reception.received - reports.received);
  block[4] = expected > 0 && missing > 0 ? Math.min(255, Math.floor((256 * missing) / expected)) : 0;
  block.writeUIntBE(Math.min(0x7fffff, lostOf(reception)), 5, 3);
  block.writeUInt16BE(heard.cycles & 0xffff, 8);
  block.writeUInt16BE(heard.sequence, 10);
  block.writeUInt32BE(Math.round(reception.jitter), 12);
  return block;
}
