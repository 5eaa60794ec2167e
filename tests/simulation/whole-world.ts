import type { ICall } from '@cordboard/contract';
import type { SiteState } from '@cordboard/core';
import {
  createExercised,
  createFakeJournal,
  createSiteChecks,
  createSurroundings,
  createSwitchCheck,
  describe,
  noFaults,
  realCore,
  type WorldOptions,
} from '@cordboard/sim';
import { createDesktop } from './desktop.ts';
import { createDurableStreams } from './durable-streams.ts';
import { type CoreWatcher, type SimulatedServer, startServer } from './server.ts';

export interface WholeTotals {
  seed: string;
  simulatedHours: number;
  /** journaled steps and items of agents' streams */
  siteSteps: number;
  streamItems: number;
  /** events that programs got from their AgentClient */
  clientEvents: number;
  requests: number;
  calls: number;
  kills: number;
  /** times that a program's view was compared with the site's */
  replicas: number;
}

/** The whole system in one process: server, Agent applications, AgentClients; and fakes of time, network, store and phones. */
export interface WholeWorld {
  /** runs until so many things have happened: steps, stream items, client events */
  run(events: number): Promise<void>;
  close(): Promise<void>;
  totals(): WholeTotals;
  /** what was met, of `everything` */
  readonly met: ReadonlyMap<string, number>;
}

const byId = (calls: readonly ICall[]): ICall[] => [...calls].sort((left, right) => left.ID - right.ID);

const turn = () => new Promise<void>(resolve => setImmediate(resolve));

export const createWholeWorld = (options: WorldOptions): WholeWorld => {
  const around = createSurroundings(options);
  const { random, clock, findings, configuration, callManager, callers, legs } = around;
  const checks = createSiteChecks({
    core: realCore,
    configuration,
    findings,
    random: random.split('probes'),
    compareEvery: options.compareEvery ?? 1_500,
  });
  const streams = createDurableStreams(findings);
  const journal = createFakeJournal({
    clock,
    random: random.split('journal'),
    faults: options.troubles.journal,
    written: streams.take,
  });
  /** the state as the running server has it, and how many steps it has decided */
  let current: { state: SiteState; steps: number } | null = null;
  const exercised = createExercised();
  const switchCheck = createSwitchCheck({ callManager, now: clock.now, findings });
  const watcher: CoreWatcher = {
    decided(message, outcome, state) {
      if (current && outcome.events.length > 0) current.steps += 1;
      findings.note(describe(message, outcome.commands));
      exercised.step(message, outcome, state);
      checks.step(message, outcome, state);
    },
    loaded(state) {
      findings.note('the site loaded its state');
      current = { state, steps: streams.steps };
      exercised.recovered(state);
      checks.recovered(state);
    },
  };

  let server: SimulatedServer | null = null;
  let started = 0;
  let configured = configuration;
  let kills = 0;
  const start = () => {
    started += 1;
    server = startServer({
      clock,
      random: random.split(`server ${started}`),
      journal: journal.node(),
      callManager,
      configuration: configured,
      watcher,
      streamNames: () => `stream-${clock.now()}`,
    });
  };
  start();
  const kill = () => {
    if (!server) return;
    kills += 1;
    findings.note('the server is killed');
    server.kill();
    server = null;
    clock.after(random.whole(500, 4_000), start);
  };

  const desks = configuration.users.map(({ id }, index) =>
    createDesktop({
      agentId: id,
      programs: index % 3 === 0 ? 2 : 1,
      clock,
      random: random.split(`desk ${id}`),
      server: () => server,
      streams,
      findings,
      slowParcel: options.troubles.slowParcel,
    }),
  );
  for (const desk of desks) around.seat(desk.agentId, desk);
  const unlucky = random.split('network');
  const configure = (next: typeof configuration) => {
    configured = next;
    server?.configure(next);
  };
  around.trouble({ crash: kill, networkBreak: () => unlucky.pick(desks).disconnect(), configure });

  let replicas = 0;
  const clientEvents = () =>
    desks.reduce((sum, desk) => sum + desk.programs.reduce((more, each) => more + each.events, 0), 0);
  const events = () => streams.steps + streams.items + clientEvents();

  const step = async () => {
    if (!clock.runNext()) throw new Error('nothing is left to do');
    // all that is ready happens before time goes on
    await turn();
    await turn();
    const errors = server?.errors ?? [];
    if (errors.length > 0) findings.violated('SYS-00', `the server logged an error: ${errors.join('; ')}`);
    findings.assertNone();
  };
  const pass = async (milliseconds: number) => {
    const until = clock.now() + milliseconds;
    for (let due = clock.nextDue(); due !== null && due <= until; due = clock.nextDue()) await step();
    clock.advance(until - clock.now());
  };

  /** A program that has seen everything holds what the site holds. */
  const checkReplicas = () => {
    if (!current || current.steps !== streams.steps || !server) return;
    for (const { agentId, programs } of desks) {
      const site = realCore.agent(current.state, agentId)?.snapshot;
      for (const program of programs) {
        if (!site || !program.upToDate) continue;
        replicas += 1;
        const theirs = JSON.stringify([program.user(), byId(program.calls())]);
        const ours = JSON.stringify([site.user, byId(site.calls)]);
        if (theirs !== ours) findings.violated('SYS-14', `agent ${agentId} has ${theirs}, the site ${ours}`);
      }
    }
  };

  const checkAnswers = () => {
    for (const { agentId, counts } of desks) {
      if (counts.open > 0)
        findings.violated('SYS-13', `agent ${agentId}: ${counts.open} requests have no answer`);
      const durable = streams.accepted.get(agentId) ?? 0;
      if (counts.accepted > durable) {
        findings.violated(
          'SYS-13',
          `agent ${agentId} heard yes ${counts.accepted} times, the journal has ${durable}`,
        );
      }
    }
  };

  const sample = () => {
    legs.sample();
    if (current) switchCheck.sample(current.state);
  };

  return {
    met: exercised.met,
    async run(wanted) {
      const until = events() + wanted;
      for (let steps = 1; events() < until; steps += 1) {
        await step();
        if (steps % 500 === 0) sample();
        if (steps % 50 === 0) checkReplicas();
      }
    },
    async close() {
      around.stop();
      journal.setFaults(noFaults);
      // who was removed is to go like everybody else
      configure(configuration);
      for (const desk of desks) if (!desk.present) desk.comeBack();
      for (let round = 0; round < 10; round += 1) {
        await pass(12_000);
        around.hangUpAll();
      }
      for (const desk of desks) desk.logOff();
      await pass(300_000);
      legs.atTheEnd();
      if (current) checks.atTheEnd(current.state);
      checkAnswers();
      findings.assertNone();
    },
    totals: () => ({
      seed: options.seed,
      simulatedHours: around.hoursPassed(),
      siteSteps: streams.steps,
      streamItems: streams.items,
      clientEvents: clientEvents(),
      requests: desks.reduce((sum, { counts }) => sum + counts.accepted + counts.refused, 0),
      calls: callers.calls,
      kills,
      replicas,
    }),
  };
};
