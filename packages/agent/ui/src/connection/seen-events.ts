import {
  type Answer,
  type ConnectionReport,
  deskSettingsMethods,
  type SeenRequest,
  type Transport,
  wrappedTransport,
} from '@cordboard/contract';

/** An event in a message, where the site said when it made it. The stamp is the message's last member: the rest need not be read. */
const eventIn = (message: string): { event: string; at: number } | null => {
  const at = /"at":(\d+(?:\.\d+)?)\}\}$/.exec(message.slice(-48))?.[1];
  const event = /"method":"(\w{1,64})"/.exec(message.slice(0, 128))?.[1];
  return at === undefined || event === undefined ? null : { event, at: Number(at) };
};

type Seen = SeenRequest['seen'][number];

export interface SeenEvents {
  /** The same transport; what comes over it is noted when its reader has handled it. */
  watch(transport: Transport): Transport;
  /** Tells the application what was noted. Called every now and then. */
  report(): Promise<void>;
}

export interface SeenEventsOptions {
  read(method: string, parameters: object): Promise<Answer>;
  /** false: nobody would write it down */
  isWanted(): boolean;
  now(): number;
}

/** More in one report is not told: a log of it would help nobody. */
const mostInReport = 500;

/** When the window has handled the events of the site, for the log. */
export const createSeenEvents = ({ read, isWanted, now }: SeenEventsOptions): SeenEvents => {
  let seen: Seen[] = [];
  let pageOffset: number | null = null;

  /** The application says its time between question and answer: taken to be in the middle. */
  const measureOffset = async (): Promise<number | null> => {
    const asked = now();
    const answer = await read(deskSettingsMethods.getConnection, {});
    return answer.ok ? (answer.value as ConnectionReport).now - (asked + now()) / 2 : null;
  };
  return {
    watch: transport =>
      wrappedTransport(transport, {
        receive(message, reader) {
          reader(message);
          if (!isWanted() || seen.length >= mostInReport) return;
          const found = eventIn(message);
          if (found) seen.push({ page: 'window', ...found, handledAt: now() });
        },
      }),
    async report() {
      if (seen.length === 0) return;
      const told = seen;
      seen = [];
      pageOffset ??= await measureOffset();
      if (pageOffset !== null) await read(deskSettingsMethods.seen, { seen: told, pageOffset });
    },
  };
};
