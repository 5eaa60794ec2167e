import type { VirtualClock } from '../clock/virtual-clock.ts';

/** One direction of a connection: what goes in comes out later and in order. What is on the way when it is cut is lost. */
export interface Lane<Parcel> {
  send(parcel: Parcel): void;
  cut(): void;
}

export const createLane = <Parcel>(
  clock: Pick<VirtualClock, 'now' | 'after'>,
  /** milliseconds on the way, drawn for each parcel */
  latency: () => number,
  deliver: (parcel: Parcel) => void,
): Lane<Parcel> => {
  let lastArrival = 0;
  let cut = false;
  return {
    send(parcel) {
      if (cut) return;
      lastArrival = Math.max(lastArrival, clock.now() + latency());
      clock.after(lastArrival - clock.now(), () => {
        if (!cut) deliver(parcel);
      });
    },
    cut() {
      cut = true;
    },
  };
};
