import type { Transport } from '@cordboard/contract';
import type { VirtualClock } from '../clock/virtual-clock.ts';
import { createLane } from './lane.ts';

/** A connection between two programs over a network that takes its time and may break. */
export interface Wire {
  near: Transport;
  far: Transport;
  /** Breaks it: what is on the way is lost, and each side learns of it in its own time. */
  cut(nearNoticesAfter?: number, farNoticesAfter?: number): void;
}

type End = Parameters<Parameters<Transport['onClose']>[0]>[0];
type Parcel = { text: string } | { end: End };

const sizeOf = (parcel: Parcel): number => ('text' in parcel ? parcel.text.length : 0);

const createEnd = (send: (parcel: Parcel) => void, underWay: () => number) => {
  const waiting: Parcel[] = [];
  let reader: ((text: string) => void) | null = null;
  let listener: ((end: End) => void) | null = null;
  let ended: End | null = null;

  const finish = (end: End) => {
    if (ended) return;
    ended = end;
    listener?.(end);
  };
  const take = (parcel: Parcel) => {
    if (ended) return;
    if (!reader && 'text' in parcel) waiting.push(parcel);
    else if ('end' in parcel) finish(parcel.end);
    else reader?.(parcel.text);
  };
  const transport: Transport = {
    get bufferedBytes() {
      return underWay();
    },
    send(text) {
      if (ended) return false;
      send({ text });
      return true;
    },
    onMessage(next) {
      reader = next;
      for (const parcel of waiting.splice(0)) take(parcel);
    },
    onClose(next) {
      listener = next;
      if (ended) next(ended);
    },
    close(detail = 'closed') {
      if (ended) return;
      send({ end: { by: 'peer', detail } });
      finish({ by: 'us', detail });
    },
  };
  return { transport, take, finish };
};

export const createWire = (clock: Pick<VirtualClock, 'now' | 'after'>, latency: () => number): Wire => {
  const direction = (take: (parcel: Parcel) => void) => {
    let underWay = 0;
    const lane = createLane<Parcel>(clock, latency, parcel => {
      underWay -= sizeOf(parcel);
      take(parcel);
    });
    return {
      ...lane,
      underWay: () => underWay,
      send(parcel: Parcel) {
        underWay += sizeOf(parcel);
        lane.send(parcel);
      },
    };
  };
  const toFar = direction(parcel => far.take(parcel));
  const toNear = direction(parcel => near.take(parcel));
  const near = createEnd(toFar.send, toFar.underWay);
  const far = createEnd(toNear.send, toNear.underWay);
  return {
    near: near.transport,
    far: far.transport,
    cut(nearNoticesAfter = 0, farNoticesAfter = 0) {
      toFar.cut();
      toNear.cut();
      const broken: End = { by: 'fault', detail: 'the network failed' };
      clock.after(nearNoticesAfter, () => near.finish(broken));
      clock.after(farNoticesAfter, () => far.finish(broken));
    },
  };
};
