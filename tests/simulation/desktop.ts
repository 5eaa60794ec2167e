import { type AgentApplication, type AgentLog, type Door, startAgentApplication } from '@cordboard/agent';
import { findMethod, type RuntimeFile, refused, type Transport } from '@cordboard/contract';
import { type ApplicationAccess, createAgentClient } from '@cordboard/sdk';
import {
  createWire,
  type Desk,
  type Findings,
  type Randomness,
  type VirtualClock,
  type Wire,
} from '@cordboard/sim';
import type { DurableStreams } from './durable-streams.ts';
import { createProgram, type Program } from './program.ts';
import { mortalClock, type SimulatedServer } from './server.ts';

/** One agent's machine: the real Agent application, and real AgentClients that connect to it. */
export interface Desktop extends Desk {
  readonly agentId: number;
  readonly programs: readonly Program[];
  /** accepted and refused answers, and requests without any yet */
  readonly counts: { accepted: number; refused: number; open: number };
  disconnect(): void;
}

/** Agent.log as far as it matters here. An error in it is a mistake of ours, whatever the weather. */
const createQuietLog = (note: (what: string) => void, mistake: (what: string) => void): AgentLog => ({
  level: 0,
  maskCustomerData: false,
  secretFields: new Set(),
  error: (text, details) => mistake(`logged an error: ${text} ${JSON.stringify(details)}`),
  warning: (text, details) => note(`logged a warning: ${text} ${JSON.stringify(details)}`),
  info: text => note(text),
  callFlow() {},
  integration() {},
  protocol() {},
  detail() {},
  written: () => ({ start: 0, end: 0, read: () => Buffer.alloc(0) }),
  onWritten: () => () => {},
  close() {},
});

interface Run {
  /** on another machine of the agent's, which no program is beside */
  elsewhere: boolean;
  application: AgentApplication | null;
  clock: ReturnType<typeof mortalClock>;
  uplinks: Set<Wire>;
  locals: Set<Wire>;
}

export const createDesktop = (options: {
  agentId: number;
  programs: number;
  clock: VirtualClock;
  random: Randomness;
  server: () => SimulatedServer | null;
  streams: DurableStreams;
  findings: Findings;
  /** chance that something is on the way for seconds */
  slowParcel: number;
}): Desktop => {
  const { agentId, clock, random, server, streams, findings } = options;
  const places = { folder: '', file: '', endpoint: `desk-${agentId}` };
  const watchers = new Set<() => void>();
  const counts = { accepted: 0, refused: 0, open: 0 };
  let shown: RuntimeFile | null = null;
  let welcome: ((transport: Transport, gone: () => void) => void) | null = null;
  let run: Run | null = null;

  const note = (what: string) => findings.note(`agent ${agentId} ${what}`);

  const localLatency = () => random.whole(0, 3);
  const networkLatency = () =>
    random.chance(options.slowParcel) ? random.whole(500, 6_000) : random.whole(1, 40);
  const tellWatchers = () => {
    for (const tell of watchers) clock.after(random.whole(0, 200), tell);
  };

  const door = (mine: Run): Door => ({
    async open(accept) {
      if (mine.elsewhere) return;
      welcome = (transport, gone) => {
        if (run === mine) accept(transport, gone);
      };
    },
    show(content) {
      if (run !== mine) return;
      shown = content;
      tellWatchers();
    },
    hide() {
      if (run !== mine) return;
      shown = null;
      tellWatchers();
    },
    async close() {},
  });

  const access: ApplicationAccess = {
    find: async () => shown,
    async connect() {
      const accept = welcome;
      const mine = run;
      if (!accept || !mine) throw new Error('nobody listens there');
      const wire = createWire(clock, localLatency);
      mine.locals.add(wire);
      accept(wire.far, () => mine.locals.delete(wire));
      return wire.near;
    },
    watch(changed) {
      watchers.add(changed);
      return () => watchers.delete(changed);
    },
    launch: async () => refused('cannotLaunch'),
  };

  const reachServer = (wire: Wire) => {
    const running = server();
    if (running) running.connect(wire);
    else wire.cut(networkLatency());
  };

  const startOn = async (mine: Run): Promise<AgentApplication> =>
    startAgentApplication({
      places,
      door: door(mine),
      settings: () => ({
        server: 'http://site.example',
        site: null,
        extension: null,
        logLevel: 0,
        maskCustomerData: false,
        logFile: '',
        windowPort: 0,
      }),
      log: createQuietLog(note, what => findings.violated('SYS-00', `agent ${agentId} ${what}`)),
      clock: mine.clock,
      random: random.fraction,
      async logOn(_, request) {
        await new Promise<void>(resolve => void mine.clock.after(networkLatency(), resolve));
        const running = server();
        if (!running) return { type: 'unreachable', detail: 'the server is down' };
        const takeOver = mine.elsewhere || random.chance(0.5);
        const answer = await running.logOn({ ...request, takeOver }, '127.0.0.1');
        await new Promise<void>(resolve => void mine.clock.after(networkLatency(), resolve));
        if (running !== server()) return { type: 'unreachable', detail: 'the server died' };
        return answer.status === 200
          ? { type: 'granted', grant: answer.body }
          : { type: 'refused', refusal: answer.body };
      },
      connectBroker() {
        const wire = createWire(clock, networkLatency);
        mine.uplinks.add(wire);
        clock.after(networkLatency(), () => reachServer(wire));
        return wire.near;
      },
      onClosed() {
        if (run === mine) run = null;
      },
    });

  const newRun = (elsewhere: boolean): Run => ({
    elsewhere,
    application: null,
    clock: mortalClock(clock),
    uplinks: new Set(),
    locals: new Set(),
  });

  const start = () => {
    const mine = newRun(false);
    run = mine;
    void startOn(mine).then(application => {
      mine.application = application;
    });
  };
  start();

  /** The agent goes to another machine for a while, and then leaves it as it is, or closes what he has there. */
  const goElsewhere = () => {
    const mine = newRun(true);
    void startOn(mine).then(application => {
      application.logOn({ logonId: `agent${agentId}`, password: 'secret' });
      clock.after(random.whole(2_000, 60_000), () => {
        if (random.chance(0.5)) return void application.close();
        mine.clock.die();
        for (const wire of mine.uplinks) wire.cut(1e12, random.whole(0, 20_000));
      });
    });
  };

  const programs = Array.from({ length: options.programs }, (_, index) => {
    const name = `program ${index + 1}`;
    const client = createAgentClient({ access, name, clock });
    return createProgram({ agentId, name, client, clock, streams, findings });
  });
  const first = programs[0];
  if (!first) throw new Error('a desk needs a program');

  return {
    agentId,
    programs,
    counts,
    get present() {
      return run !== null;
    },
    user: () => first.user(),
    calls: () => first.calls(),
    waiting: () => first.waiting(),
    request({ method, arguments: named }) {
      const descriptor = findMethod(method);
      if (!descriptor) return;
      const values = named as Record<string, unknown>;
      const given = descriptor.parameters.map(each => values[each.name]);
      const { client } = random.pick(programs);
      const ask = client[method] as (...given: unknown[]) => Promise<unknown>;
      counts.open += 1;
      void ask(...given).then(result => {
        counts.open -= 1;
        if (result === true) counts.accepted += 1;
        else counts.refused += 1;
        note(`${method}: ${result === true ? 'yes' : client.lastRefusal?.reason}`);
      });
    },
    logOn(extension) {
      if (run?.application?.state.type !== 'off') return;
      note(`logs on at ${extension || 'his own phone'}`);
      run.application.logOn({ logonId: `agent${agentId}`, password: 'secret', extension });
    },
    takeOver() {
      note('goes to another machine');
      goElsewhere();
    },
    logOff() {
      note('closes the application');
      void first.client.closeApplication();
    },
    lose() {
      const mine = run;
      if (!mine) return;
      note('loses the application');
      run = null;
      shown = null;
      mine.clock.die();
      for (const wire of mine.locals) wire.cut(random.whole(0, 100), 1e12);
      for (const wire of mine.uplinks) wire.cut(1e12, random.whole(0, 20_000));
      tellWatchers();
    },
    comeBack() {
      if (run === null) start();
    },
    disconnect() {
      note('loses the network');
      // sooner or later, and not both sides at once
      for (const wire of run?.uplinks ?? []) wire.cut(random.whole(0, 15_000), random.whole(0, 15_000));
      run?.uplinks.clear();
    },
  };
};
