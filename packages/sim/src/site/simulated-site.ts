import type { AgentSnapshot } from '@cordboard/contract';
import type {
  Answer,
  CallManagerCommand,
  Outcome,
  Publication,
  SiteConfiguration,
  SiteEvent,
  SiteMessage,
  SiteSnapshot,
  SiteState,
  Step,
} from '@cordboard/core';
import type { CallManagerLink, FakeCallManager } from '../call-manager/fake-call-manager.ts';
import type { VirtualClock } from '../clock/virtual-clock.ts';
import type { Findings } from '../invariants/findings.ts';
import type { Randomness } from '../random/randomness.ts';
import type { SiteCore } from './core.ts';
import { drawFate, type JournalFaults } from './simulated-journal.ts';

/** A message without its time, which the site gives it. */
export type Asked = SiteMessage extends infer Message
  ? Message extends unknown
    ? Omit<Message, 'at'>
    : never
  : never;

/** Who watches what the core does, in the same turn. */
export interface SiteWatcher {
  decided(message: SiteMessage, outcome: Outcome<SiteEvent>, state: SiteState): void;
  /** the state was loaded from the journal */
  recovered(state: SiteState): void;
}

/** One application's connection, as the site sees it. */
export interface SiteConnection {
  deliver(publication: Publication): void;
  lost(): void;
  /** another one has logged on, or the agent is logged off: this one never can again */
  stale(): void;
}

/**
 * The shortest thing that can run a core: a mailbox, group commits, effects after the commit, recovery by replay. It stands
 * in for the server's loop where the core alone is under test.
 */
export interface SimulatedSite {
  readonly running: boolean;
  readonly steps: number;
  readonly crashes: number;
  ask(message: Asked, answered: (answer: Answer | null) => void): void;
  /** snapshot now, everything later; the snapshot comes when it is durable */
  attach(
    agentId: number,
    client: string,
    connection: SiteConnection,
    ready: (seq: number, snapshot: AgentSnapshot) => void,
  ): void;
  detach(connection: SiteConnection): void;
  crash(): void;
  /** from now on, and after each start */
  configure(configuration: SiteConfiguration): void;
  /** faults of the journal from now on */
  setFaults(faults: JournalFaults): void;
}

interface Done {
  commands: { id: string; command: CallManagerCommand }[];
  published: Publication[];
  reports: number;
  /** snapshots for those who attached; before the items that follow them */
  attached: (() => void)[];
  answers: (() => void)[];
}

export const createSimulatedSite = (options: {
  core: SiteCore;
  clock: VirtualClock;
  random: Randomness;
  callManager: FakeCallManager;
  configuration: SiteConfiguration;
  findings: Findings;
  faults: JournalFaults;
  /** chance that a report comes a second time */
  reportAgain: number;
  watcher: SiteWatcher;
}): SimulatedSite => {
  const { core, clock, random, callManager, findings, watcher } = options;
  let faults = options.faults;
  let { configuration } = options;
  /** durable */
  const journal: string[] = [];
  let snapshot: { steps: number; state: string } = {
    steps: 0,
    state: JSON.stringify(core.save(core.create())),
  };
  let instance = '';

  let epoch = 0;
  let crashes = 0;
  /** null while it is down */
  let life: Life | null = null;

  interface Life {
    state: SiteState;
    steps: Step<SiteEvent>[];
    done: Done;
    committing: boolean;
    instance: string;
    step: number;
    again: number;
    link: CallManagerLink | null;
    timer: { at: number; cancel(): void } | null;
    /** with the number of the last item that the snapshot holds */
    connections: Map<number, Map<SiteConnection, number>>;
  }

  const nothingDone = (): Done => ({
    commands: [],
    published: [],
    reports: 0,
    attached: [],
    answers: [],
  });

  const hasWork = ({ steps, done }: Life) =>
    steps.length + done.commands.length + done.attached.length + done.answers.length + done.reports > 0;

  const commit = (mine: Life) => {
    if (mine.committing || !hasWork(mine)) return;
    mine.committing = true;
    const { steps, done, instance: committedInstance } = mine;
    mine.steps = [];
    mine.done = nothingDone();
    const fate = drawFate(random, faults);
    clock.after(fate.milliseconds, () => {
      if (life !== mine) return;
      if (fate.written) {
        for (const step of steps) journal.push(JSON.stringify(step));
        instance = committedInstance;
      }
      if (!fate.heard) return crash('a commit without an answer');
      mine.committing = false;
      carryOut(mine, done);
      commit(mine);
    });
  };

  const carryOut = (mine: Life, done: Done) => {
    for (const { id, command } of done.commands) mine.link?.execute(id, command);
    for (const act of done.attached) act();
    for (const publication of done.published) {
      for (const [connection, seen] of mine.connections.get(publication.agentId) ?? []) {
        if (publication.seq > seen) connection.deliver(publication);
      }
    }
    if (done.reports > 0) mine.link?.acknowledge({ instance, seq: done.reports });
    for (const act of done.answers) act();
  };

  const decide = (mine: Life, asked: Asked): Answer | null => {
    const message = { ...asked, at: clock.now() } as SiteMessage;
    const outcome = core.decide(mine.state, message);
    watcher.decided(message, outcome, mine.state);
    const changed = outcome.events.length > 0;
    if (changed) {
      mine.step += 1;
      mine.steps.push({ at: outcome.at, events: outcome.events });
      mine.done.published.push(...outcome.published);
    } else if (outcome.published.length > 0) {
      findings.violated('SYS-12', `${message.type} changed nothing and yet published something`);
    }
    // what is commanded again after an inventory belongs to no step
    if (!changed) mine.again += 1;
    const origin = changed ? `${mine.step}` : `${epoch}-${mine.again}`;
    for (const [index, command] of outcome.commands.entries()) {
      mine.done.commands.push({ id: `${origin}:${index}`, command });
    }
    if (message.type === 'report') mine.done.reports = Math.max(mine.done.reports, message.seq);
    if (message.type === 'inventory') {
      mine.done.reports = message.seq;
      mine.instance = message.inventory.instance;
    }
    setTimer(mine);
    return outcome.answer;
  };

  const setTimer = (mine: Life) => {
    const due = core.nextDue(mine.state);
    if (mine.timer?.at === due) return;
    mine.timer?.cancel();
    mine.timer = null;
    if (due === null) return;
    const timer = clock.after(due - clock.now(), () => {
      mine.timer = null;
      if (life !== mine) return;
      decide(mine, { type: 'timersDue' });
      commit(mine);
    });
    mine.timer = { at: due, cancel: timer.cancel };
  };

  const recover = (): SiteState => {
    const state = core.load(JSON.parse(snapshot.state) as SiteSnapshot);
    core.replay(
      state,
      journal.slice(snapshot.steps).map(step => JSON.parse(step) as Step<SiteEvent>),
    );
    if (random.chance(0.5)) snapshot = { steps: journal.length, state: JSON.stringify(core.save(state)) };
    return state;
  };

  /** It was taken before, so nothing may come of it. */
  const again = (mine: Life, numbered: Extract<Asked, { type: 'report' }>) => {
    const from = mine.instance;
    clock.after(random.whole(0, 5_000), () => {
      if (life !== mine || mine.instance !== from) return;
      decide(mine, numbered);
      commit(mine);
    });
  };

  const attachCallManager = (mine: Life) => {
    if (life !== mine) return;
    mine.link = callManager.attach({
      epoch,
      after: null,
      listener: {
        attached(missed, inventory, seq) {
          if (mine.instance !== inventory.instance) {
            // the reports of another run begin anew: the core must know before it gets them
            decide(mine, {
              type: 'inventory',
              inventory: { instance: inventory.instance, legs: [], registrations: [] },
              seq: 0,
            });
          }
          for (const each of missed) decide(mine, { type: 'report', seq: each.seq, report: each.report });
          decide(mine, { type: 'inventory', inventory, seq });
          commit(mine);
        },
        report(each) {
          const numbered = { type: 'report', seq: each.seq, report: each.report } as const;
          decide(mine, numbered);
          if (random.chance(options.reportAgain)) again(mine, numbered);
          commit(mine);
        },
        refused() {},
        lost() {
          mine.link = null;
          clock.after(random.whole(50, 2_000), () => attachCallManager(mine));
        },
      },
    });
  };

  const start = () => {
    epoch += 1;
    const mine: Life = {
      state: recover(),
      steps: [],
      done: nothingDone(),
      committing: false,
      instance,
      step: journal.length,
      again: 0,
      link: null,
      timer: null,
      connections: new Map(),
    };
    life = mine;
    watcher.recovered(mine.state);
    decide(mine, { type: 'configure', configuration });
    attachCallManager(mine);
    commit(mine);
  };

  const crash = (why: string) => {
    const dead = life;
    if (!dead) return;
    crashes += 1;
    findings.note(`the site crashes: ${why}`);
    life = null;
    dead.link?.close();
    dead.timer?.cancel();
    for (const connections of dead.connections.values())
      for (const connection of connections.keys()) connection.lost();
    clock.after(random.whole(200, 5_000), start);
  };

  start();

  return {
    get running() {
      return life !== null;
    },
    get steps() {
      return journal.length;
    },
    get crashes() {
      return crashes;
    },
    ask(message, answered) {
      const mine = life;
      if (!mine) return;
      const answer = decide(mine, message);
      mine.done.answers.push(() => answered(answer));
      commit(mine);
    },
    attach(agentId, client, connection, ready) {
      const mine = life;
      if (!mine) return connection.lost();
      const presence = mine.state.agents.get(agentId)?.presence;
      if (presence === undefined || presence.type === 'loggedOff' || presence.client.name !== client)
        return connection.stale();
      decide(mine, { type: 'clientAttached', agentId, client });
      const view = core.agent(mine.state, agentId);
      if (!view) return connection.lost();
      const connections = mine.connections.get(agentId) ?? new Map<SiteConnection, number>();
      mine.connections.set(agentId, connections.set(connection, view.seq));
      mine.done.attached.push(() => ready(view.seq, view.snapshot));
      commit(mine);
    },
    detach(connection) {
      for (const connections of life?.connections.values() ?? []) connections.delete(connection);
    },
    crash: () => crash('killed'),
    configure(next) {
      configuration = next;
      if (!life) return;
      decide(life, { type: 'configure', configuration });
      commit(life);
    },
    setFaults(next) {
      faults = next;
    },
  };
};
