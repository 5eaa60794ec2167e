import { opinionOf, type Path, ratingOf } from './e-model.ts';

export interface Quality extends Path {
  opinion: number;
  grade: Grade;
}

/** `none`: nothing comes. The limits are those of G.107 Annex B: satisfied, and many dissatisfied. */
export type Grade = 'good' | 'fair' | 'bad' | 'none';

/** Counters of one look at a connection. */
export interface Counters {
  received: number;
  lost: number;
  jitter: number;
  roundTrip: number;
  /** what the far end said that it lost last, 0 to 1 */
  farLoss: number;
}

const satisfied = 4.0;
const dissatisfied = 3.1;

interface Report {
  type: string;
  kind?: string;
  packetsReceived?: number;
  packetsLost?: number;
  jitter?: number;
  roundTripTime?: number;
  fractionLost?: number;
  currentRoundTripTime?: number;
  nominated?: boolean;
  state?: string;
}

const milliseconds = (seconds: number | undefined): number => (seconds ?? 0) * 1_000;

/** W3C WebRTC Statistics: what comes in, what the far end says (RTCP), and the way itself (STUN). */
export const countersOf = (reports: Iterable<Report>): Counters => {
  const counters: Counters = { received: 0, lost: 0, jitter: 0, roundTrip: 0, farLoss: 0 };
  for (const report of reports) {
    if (report.type === 'inbound-rtp' && report.kind === 'audio') {
      counters.received = report.packetsReceived ?? 0;
      counters.lost = report.packetsLost ?? 0;
      counters.jitter = milliseconds(report.jitter);
    } else if (report.type === 'remote-inbound-rtp' && report.kind === 'audio') {
      counters.farLoss = report.fractionLost ?? 0;
      counters.roundTrip ||= milliseconds(report.roundTripTime);
    } else if (report.type === 'candidate-pair' && report.state === 'succeeded' && report.nominated)
      counters.roundTrip = milliseconds(report.currentRoundTripTime) || counters.roundTrip;
  }
  return counters;
};

const gradeOf = (received: number, opinion: number): Grade => {
  if (received === 0) return 'none';
  if (opinion >= satisfied) return 'good';
  return opinion >= dissatisfied ? 'fair' : 'bad';
};

/** How it sounded between two looks, in the worse direction. */
export const qualityOf = (before: Counters, now: Counters): Quality => {
  const received = Math.max(0, now.received - before.received);
  const lost = Math.max(0, now.lost - before.lost);
  const loss = Math.max(received + lost === 0 ? 0 : lost / (received + lost), now.farLoss);
  const path: Path = { roundTrip: now.roundTrip, jitter: now.jitter, loss };
  const opinion = opinionOf(ratingOf(path));
  return { ...path, opinion, grade: gradeOf(received, opinion) };
};

/** Looks once a second, until the answer is called. */
export const watchQuality = (
  connection: Pick<RTCPeerConnection, 'getStats'>,
  tell: (quality: Quality) => void,
): (() => void) => {
  let before: Counters | null = null;
  const look = async () => {
    const stats = await connection.getStats();
    const now = countersOf([...stats.values()] as Report[]);
    if (before) tell(qualityOf(before, now));
    before = now;
  };
  const timer = setInterval(() => void look().catch(() => {}), 1_000);
  return () => clearInterval(timer);
};
