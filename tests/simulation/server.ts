import type { Clock, Timer } from '@cordboard/contract';
import type { Outcome, SiteConfiguration, SiteEvent, SiteMessage, SiteState } from '@cordboard/core';
import {
  acceptBroker,
  type BrokerConnection,
  createLogger,
  createLogon,
  createLogons,
  createSite,
  createTokenSigner,
  type LogonDirectory,
  presenceIn,
  type Site,
  type SiteCore,
  voiceCore,
} from '@cordboard/server/testing';
import {
  createPersistentCallManager,
  type FakeCallManager,
  type JournalNode,
  type Randomness,
  type VirtualClock,
  type Wire,
} from '@cordboard/sim';

/** Who watches what the core of a server does, in the same turn. */
export interface CoreWatcher {
  decided(message: SiteMessage, outcome: Outcome<SiteEvent>, state: SiteState): void;
  /** the state was loaded, and is about to be used */
  loaded(state: SiteState): void;
}

/** A server process: site, logon and broker, over a journal and a call manager that outlive it. */
export interface SimulatedServer {
  site: Site;
  logOn: ReturnType<typeof createLogon>;
  /** an application connects; its end of the wire */
  connect(wire: Wire): void;
  readonly errors: readonly string[];
  configure(configuration: SiteConfiguration): void;
  /** as kill -9: nothing more comes from it */
  kill(): void;
}

/** Timers of a process: they end with it. */
export const mortalClock = (clock: VirtualClock): Clock & { die(): void } => {
  let dead = false;
  return {
    now: clock.now,
    after(milliseconds, act): Timer {
      return clock.after(milliseconds, () => {
        if (!dead) act();
      });
    },
    die() {
      dead = true;
    },
  };
};

const directoryOf = (configuration: SiteConfiguration): LogonDirectory => ({
  siteName: configuration.site.name,
  user(logonId) {
    const user = configuration.users.find(each => each.logonId === logonId);
    return (
      user && {
        agentId: user.id,
        passwordHash: 'hash',
        privileges: user.privileges,
        extension: user.extension,
      }
    );
  },
  extension: number => configuration.extensions.some(each => each.number === number),
});

const watched = (watcher: CoreWatcher, dead: () => boolean): SiteCore<SiteState, SiteEvent> => {
  let fresh = true;
  return {
    ...voiceCore,
    create() {
      fresh = true;
      return voiceCore.create();
    },
    load(saved) {
      fresh = true;
      return voiceCore.load(saved);
    },
    decide(state, message) {
      // what a killed server had in hand may still run in this process, and is nobody's state
      if (fresh && !dead()) watcher.loaded(state);
      fresh = false;
      const outcome = voiceCore.decide(state, message);
      if (!dead()) watcher.decided(message, outcome, state);
      return outcome;
    },
  };
};

/** So little that a reader who stands still for seconds is cut off, and has to come back. */
const maximumBuffered = 30_000;

export const startServer = (options: {
  clock: VirtualClock;
  random: Randomness;
  journal: JournalNode;
  callManager: FakeCallManager;
  configuration: SiteConfiguration;
  watcher: CoreWatcher;
  streamNames: () => string;
}): SimulatedServer => {
  const { random, journal, configuration } = options;
  const clock = mortalClock(options.clock);
  const errors: string[] = [];
  const logger = createLogger(entry => {
    // a commit of unknown outcome is one of the troubles; any other error is none that we made
    const text = JSON.stringify(entry);
    if (entry.level === 'error' && !text.includes('the outcome is unknown')) errors.push(text);
  }, 'warning');
  const links = new Set<{ close(): void }>();
  const persistent = createPersistentCallManager(options.callManager, clock, () => random.whole(50, 2_000));
  const logons = createLogons();
  const tokens = createTokenSigner(new Uint8Array(32).fill(7));
  const connections = new Set<BrokerConnection>();
  const wires = new Set<Wire>();
  let dead = false;

  const site = createSite({
    site: configuration.site.id,
    core: watched(options.watcher, () => dead),
    journal,
    callManager: {
      attach(attachment) {
        const link = persistent.attach(attachment);
        links.add(link);
        return link;
      },
    },
    clock,
    logger,
    configuration,
    publish(items) {
      for (const item of items) logons.connection(item.agentId)?.deliver([item]);
    },
    newStream: options.streamNames,
    bounds: { snapshotSteps: 500, rings: { items: 100, milliseconds: 180_000 } },
  });
  void site.start();
  let known = directoryOf(configuration);
  const logOn = createLogon({
    site,
    presence: presenceIn(() => site.read()?.state),
    directory: () => known,
    logons,
    passwords: { check: async () => 'right' },
    tokens,
    clock,
    logger,
    tokenSeconds: 60,
  });

  const beat = () => {
    for (const connection of [...connections]) connection.beat(clock.now());
    clock.after(10_000, beat);
  };
  clock.after(10_000, beat);

  return {
    site,
    logOn,
    errors,
    configure(next) {
      known = directoryOf(next);
      void site.configure(next);
    },
    connect(wire) {
      if (dead) return wire.cut();
      wires.add(wire);
      const transport = {
        ...wire.far,
        get bufferedBytes() {
          return wire.far.bufferedBytes;
        },
        cut: () => wire.cut(),
      };
      connections.add(
        acceptBroker(
          transport,
          { site, logons, tokens, clock, logger, heartbeatSeconds: 10, maximumBuffered },
          connection => {
            connections.delete(connection);
            wires.delete(wire);
          },
        ),
      );
    },
    kill() {
      dead = true;
      clock.die();
      journal.kill();
      for (const link of links) link.close();
      // the applications see a reset connection at once; nobody is left to see it here
      for (const wire of wires) wire.cut(random.whole(0, 50), 1e12);
    },
  };
};
