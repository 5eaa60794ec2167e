import { readFileSync } from 'node:fs';

/** One SIP packet of a capture: when, from and to which UDP port, its text. */
interface Packet {
  /** seconds */
  at: number;
  from: number;
  to: number;
  text: string;
}

/** The UDP packets of a pcap file (Ethernet framing, IPv4), in the order of their capture. */
function* packetsOf(file: string): Generator<Packet> {
  const bytes = readFileSync(file);
  let offset = 24;
  while (offset + 16 <= bytes.length) {
    const at = bytes.readUInt32LE(offset) + bytes.readUInt32LE(offset + 4) / 1e6;
    const length = bytes.readUInt32LE(offset + 8);
    const frame = bytes.subarray(offset + 16, offset + 16 + length);
    offset += 16 + length;
    const ip = 14;
    const udp = ip + ((frame[ip] ?? 0) & 15) * 4;
    if (frame.length < udp + 8) continue;
    yield {
      at,
      from: frame.readUInt16BE(udp),
      to: frame.readUInt16BE(udp + 2),
      text: frame.toString('latin1', udp + 8),
    };
  }
}

const match = (text: string, pattern: RegExp): string => pattern.exec(text)?.[1] ?? '';

export interface Latencies {
  /** ms from a caller's INVITE to the INVITE at an agent's phone */
  arrivalToAgent: number[];
  /** ms from an agent's BYE to the next INVITE at the same phone */
  freedToNext: number[];
  /** calls that reached an agent */
  delivered: number;
  callersRefused: number;
  /** delivered calls a second between the first and the last BYE */
  handledPerSecond: number;
}

/** Pairs the INVITEs of callers with those at agents' phones by the caller's number, and BYEs with the next INVITE. */
export const latenciesOf = (file: string, callerPort: number, agentPort: number): Latencies => {
  const arrivals = new Map<string, number>();
  const delivered = new Set<string>();
  const agentOfCall = new Map<string, string>();
  const freedAt = new Map<string, number>();
  const byes: number[] = [];
  const result: Latencies = {
    arrivalToAgent: [],
    freedToNext: [],
    delivered: 0,
    callersRefused: 0,
    handledPerSecond: 0,
  };

  const atAgent = (packet: Packet): void => {
    const callId = match(packet.text, /\r\nCall-ID: ?(\S+)/i);
    if (agentOfCall.has(callId)) return;
    const agent = match(packet.text, /^INVITE sips?:([^@;\s]+)@/);
    const caller = match(packet.text, /\r\n(?:From|f):[^\r]*?sip:(c\d+)@/);
    agentOfCall.set(callId, agent);
    const arrived = arrivals.get(caller);
    if (arrived !== undefined && !delivered.has(caller)) {
      delivered.add(caller);
      result.arrivalToAgent.push((packet.at - arrived) * 1000);
    }
    const freed = freedAt.get(agent);
    if (freed !== undefined) {
      result.freedToNext.push((packet.at - freed) * 1000);
      freedAt.delete(agent);
    }
  };

  const fromCaller = (packet: Packet): void => {
    const caller = match(packet.text, /\r\nFrom:[^\r]*?sip:(c\d+)@/);
    if (!arrivals.has(caller)) arrivals.set(caller, packet.at);
  };

  const agentHungUp = (packet: Packet): void => {
    const agent = agentOfCall.get(match(packet.text, /\r\nCall-ID: ?(\S+)/i));
    if (agent === undefined || freedAt.has(agent)) return;
    freedAt.set(agent, packet.at);
    byes.push(packet.at);
  };

  for (const packet of packetsOf(file)) {
    if (packet.from === callerPort && packet.text.startsWith('INVITE')) fromCaller(packet);
    else if (packet.to === callerPort && /^SIP\/2\.0 [456]/.test(packet.text)) result.callersRefused++;
    else if (packet.to === agentPort && packet.text.startsWith('INVITE')) atAgent(packet);
    else if (packet.from === agentPort && packet.text.startsWith('BYE')) agentHungUp(packet);
  }
  result.delivered = delivered.size;
  const first = byes[0] ?? 0;
  const last = byes.at(-1) ?? 0;
  result.handledPerSecond = last > first ? (byes.length - 1) / (last - first) : 0;
  return result;
};
