import type { CallManagerCommand, CallManagerInventory, CallManagerReport } from '@cordboard/core';
import type { VirtualClock } from '../clock/virtual-clock.ts';
import { createLane } from '../network/lane.ts';
import { execute, type RefusedCommand } from './commands.ts';
import { type Arrival, type FarEnds, inventoryOf, type LegInventory } from './leg.ts';
import { createLegs } from './legs.ts';
import { createReportLog, type NumberedReport } from './report-log.ts';

/** How far the reports of one run of the call manager are durable at its controller. */
export interface Position {
  instance: string;
  seq: number;
}

/** The site's side of a link: the server's port of the same words. */
export interface CallManagerListener {
  attached(missed: NumberedReport[], inventory: CallManagerInventory, seq: number): void;
  report(report: NumberedReport): void;
  refused(command: CallManagerCommand, reason: RefusedCommand): void;
  lost(): void;
}

export interface CallManagerLink {
  execute(id: string, command: CallManagerCommand): void;
  acknowledge(position: Position): void;
  close(): void;
}

/** What the people at the phones and trunks can do. Each is refused silently when the leg is not there any more. */
export interface FakePhones {
  /** the id of the leg */
  call(arrival: Arrival): string;
  lift(leg: string): void;
  hangUp(leg: string): void;
  decline(leg: string): void;
  hold(leg: string): void;
  retrieve(leg: string): void;
  press(leg: string, digit: string): void;
  /** asks for a transfer, to a number or to the party of another call of the same phone; once at a time */
  transfer(leg: string, to: Extract<CallManagerReport, { type: 'transferRequested' }>['to']): void;
  register(extension: string, address: string): void;
  unregister(extension: string): void;
  isRegistered(extension: string): boolean;
}

/** A call manager without a network: legs, registrations and the report log of the real ones, and people instead of phones. */
export interface FakeCallManager {
  readonly instance: string;
  attach(options: { epoch: number; after: Position | null; listener: CallManagerListener }): CallManagerLink;
  readonly phones: FakePhones;
  legs(): LegInventory[];
  /** reports that nobody has acknowledged yet */
  readonly keptReports: number;
  /** the link breaks; what is on the way is lost */
  breakLink(): void;
  /** dies and starts again as another instance: all legs and registrations are gone */
  restart(): void;
}

export interface FakeCallManagerOptions {
  clock: VirtualClock;
  farEnds: FarEnds;
  /** milliseconds that a command, or a report, is on the way */
  latency: () => number;
  picksUp: (leg: string) => boolean;
  digits?: (leg: string, digits: string) => void;
  fileMilliseconds?: number;
}

interface Attachment {
  /** things for the listener, in order */
  up: { send(act: (listener: CallManagerListener) => void): void; cut(): void };
  cut(): void;
}

/** How many ids of commands are remembered: more than can be on the way. */
const rememberedCommands = 20_000;

export const createFakeCallManager = (options: FakeCallManagerOptions): FakeCallManager => {
  const { clock, farEnds, latency, picksUp } = options;
  let instanceNumber = 0;
  let legNumber = 0;
  let run = start();
  let attachment: Attachment | null = null;
  let highestEpoch = 0;

  function start() {
    const log = createReportLog();
    const report = (what: CallManagerReport) => {
      const numbered = log.add(clock.now(), what);
      attachment?.up.send(listener => listener.report(numbered));
    };
    instanceNumber += 1;
    return {
      instance: `call-manager-${instanceNumber}`,
      log,
      report,
      legs: createLegs({
        clock,
        farEnds,
        fileMilliseconds: options.fileMilliseconds ?? 4_000,
        picksUp,
        report,
      }),
      registrations: new Map<string, string>(),
      done: new Map<string, RefusedCommand | null>(),
    };
  }

  const inventory = (): CallManagerInventory => ({
    instance: run.instance,
    legs: [...run.legs.all()].map(inventoryOf),
    registrations: [...run.registrations].map(([extension, address]) => ({ extension, address })),
  });

  const remember = (id: string, result: RefusedCommand | null) => {
    run.done.set(id, result);
    if (run.done.size <= rememberedCommands) return;
    for (const oldest of run.done.keys()) {
      run.done.delete(oldest);
      return;
    }
  };

  const take = (id: string, command: CallManagerCommand): RefusedCommand | null => {
    const before = run.done.get(id);
    if (before !== undefined) return before;
    const refused = execute(command, {
      legs: run.legs,
      registered: extension => run.registrations.get(extension),
      report: run.report,
      digits: options.digits ?? (() => {}),
      announced: farEnds.announced,
      transferAnswered: farEnds.transferAnswered,
    });
    remember(id, refused);
    return refused;
  };

  const detach = () => {
    const earlier = attachment;
    attachment = null;
    earlier?.cut();
  };

  const withLeg = (leg: string, act: (found: NonNullable<ReturnType<typeof run.legs.get>>) => void) => {
    const found = run.legs.get(leg);
    if (found) act(found);
  };

  const showHold = (leg: string, on: boolean) =>
    withLeg(leg, found => {
      if (found.state !== 'up' || found.held === on) return;
      found.held = on;
      run.report({ type: on ? 'held' : 'retrieved', leg });
    });

  const phones: FakePhones = {
    call(arrival) {
      legNumber += 1;
      const leg = `in-${legNumber}`;
      run.legs.arrive(leg, arrival);
      return leg;
    },
    lift: leg =>
      withLeg(leg, found => {
        if (found.direction === 'outgoing' && found.state === 'alerting') run.legs.answer(found, found.media);
      }),
    hangUp: leg => withLeg(leg, found => run.legs.clear(found, 'normal', true)),
    decline: leg =>
      withLeg(leg, found => {
        if (found.direction === 'outgoing' && found.state !== 'up') run.legs.clear(found, 'rejected', true);
      }),
    hold: leg => showHold(leg, true),
    retrieve: leg => showHold(leg, false),
    press: (leg, digit) =>
      withLeg(leg, found => found.state === 'up' && run.report({ type: 'digit', leg, digit })),
    transfer: (leg, to) =>
      withLeg(leg, found => {
        if (found.state !== 'up' || found.transferring) return;
        if ('leg' in to && !run.legs.get(to.leg)) return;
        found.transferring = true;
        run.report({ type: 'transferRequested', leg, to });
      }),
    register(extension, address) {
      if (run.registrations.get(extension) === address) return;
      run.registrations.set(extension, address);
      run.report({ type: 'registered', extension, address });
    },
    isRegistered: extension => run.registrations.has(extension),
    unregister(extension) {
      if (run.registrations.delete(extension)) run.report({ type: 'unregistered', extension });
    },
  };

  return {
    get instance() {
      return run.instance;
    },
    attach({ epoch, after, listener }) {
      if (highestEpoch > epoch) {
        clock.after(latency(), () => listener.lost());
        return { execute() {}, acknowledge() {}, close() {} };
      }
      highestEpoch = epoch;
      detach();
      const up = createLane<(listener: CallManagerListener) => void>(clock, latency, act => act(listener));
      const down = createLane<() => void>(clock, latency, act => act());
      const mine: Attachment = {
        up,
        cut() {
          up.cut();
          down.cut();
          clock.after(latency(), () => {
            if (!closed) listener.lost();
          });
        },
      };
      let closed = false;
      down.send(() => {
        attachment = mine;
        const missed = run.log.since(after?.instance === run.instance ? after.seq : 0);
        const now = inventory();
        const seq = run.log.last;
        up.send(() => listener.attached(missed, now, seq));
      });
      return {
        execute: (id, command) =>
          down.send(() => {
            const refused = take(id, command);
            if (refused) up.send(() => listener.refused(command, refused));
          }),
        acknowledge: position =>
          down.send(() => {
            if (position.instance === run.instance) run.log.forgetUntil(position.seq);
          }),
        close() {
          closed = true;
          up.cut();
          down.cut();
          if (attachment === mine) attachment = null;
        },
      };
    },
    phones,
    legs: () => [...run.legs.all()].map(inventoryOf),
    get keptReports() {
      return run.log.kept;
    },
    breakLink: detach,
    restart() {
      const dead = run;
      detach();
      run = start();
      dead.legs.drop();
    },
  };
};
