import { type AgentSnapshot, type ICall, SessionState } from '@cordboard/contract';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { replay } from './evolve.ts';
import { commandsToReach } from './leg/commands-to-reach.ts';
import type { Publication } from './site.ts';
import { snapshot } from './snapshot.ts';
import { createSite } from './state.ts';
import { agentSnapshot } from './stream/agent-snapshot.ts';
import type { Act } from './testing/act.ts';
import { DispatchReplica, shownItems } from './testing/dispatch-replica.ts';
import { createDriver, type Driver } from './testing/driver.ts';
import { explore } from './testing/explore.ts';
import { invariantFaults } from './testing/invariants.ts';
import { actKinds, actOn, worldOptions } from './testing/random-world.ts';
import { stateTableFaults } from './testing/state-table-faults.ts';

const acts = fc.array(
  fc.record({
    kind: fc.nat(actKinds - 1),
    who: fc.nat(2),
    which: fc.nat(7),
    detail: fc.nat(38),
  }),
  { minLength: 1, maxLength: 150, size: 'max' },
);

const world = (): Driver => {
  const driver = createDriver(worldOptions);
  for (const agentId of [1, 2, 3]) {
    driver.logOn(agentId);
    driver.ready(agentId);
  }
  return driver;
};

const walks = explore(100, process.env);
vi.setConfig({ testTimeout: 60_000 + walks.numRuns * 100 });

const check = (property: (acts: Act[]) => void) => fc.assert(fc.property(acts, property), walks);

test('after any message the invariants of the site hold', () => {
  check(sequence => {
    const driver = world();
    for (const act of sequence) {
      actOn(driver, act);
      expect(invariantFaults(driver.state)).toEqual([]);
    }
  });
});

test('CAL-02 the journal alone gives the same state and the same streams again', () => {
  check(sequence => {
    const driver = world();
    for (const act of sequence) actOn(driver, act);
    const again = createSite();
    const steps = JSON.parse(JSON.stringify(driver.steps));
    expect(replay(again, steps)).toEqual(driver.published);
    expect(snapshot(again)).toEqual(snapshot(driver.state));
  });
});

test('CAL-03 a site that is restored from a snapshot goes on as the one that was saved', () => {
  check(sequence => {
    const half = sequence.length >> 1;
    const driver = world();
    for (const act of sequence.slice(0, half)) actOn(driver, act);
    const restored = driver.fork();
    for (const act of sequence.slice(half)) {
      actOn(driver, act);
      actOn(restored, act);
    }
    expect(restored.steps).toEqual(driver.steps);
    expect(restored.commands).toEqual(driver.commands);
    expect(restored.published).toEqual(driver.published);
    expect(snapshot(restored.state)).toEqual(snapshot(driver.state));
  });
});

test('CAL-04 a session moves only as the state table says, and its last event, and only that, is Idle', () => {
  check(sequence => {
    const driver = world();
    for (const act of sequence) actOn(driver, act);
    expect(stateTableFaults(driver, [1, 2, 3])).toEqual([]);
  });
});

test('CAL-05 a replica that follows the stream is what the site has, flags included', () => {
  check(sequence => {
    const driver = world();
    const replicas = new Replicas();
    replicas.take(driver.published);
    for (const act of sequence) {
      const from = driver.published.length;
      const step = driver.steps.length;
      actOn(driver, act);
      if (isConfigured(driver, step)) replicas.configured();
      replicas.take(driver.published.slice(from));
      for (const agentId of [1, 2, 3]) {
        expect(replicas.of(agentId)).toEqual(shownOf(agentSnapshot(driver.state, agentId)));
      }
    }
  });
});

test('a call manager that is as wanted is told nothing', () => {
  check(sequence => {
    const driver = world();
    for (const act of sequence) actOn(driver, act);
    const legs = [...driver.state.legs.values()].filter(each => each.clearing === null && !each.pickedUp);
    const commands = commandsToReach(driver.state, {
      instance: 'instance',
      legs: [...driver.state.legs.values()].map(each => ({
        leg: each.id,
        direction: each.direction,
        state: each.progress,
        media: each.media,
        held: each.held,
        ...recordedOn(driver, each.sessionId),
      })),
      registrations: [],
    });
    expect(commands.filter(each => legs.some(leg => leg.id === each.leg))).toEqual([]);
  });
});

const recordedOn = (driver: Driver, sessionId: number) => {
  const recording = driver.state.recordings.bySession.get(sessionId);
  const runs = recording !== undefined && recording.stage !== 'failed';
  return { recording: runs, recordingPaused: runs && recording.paused };
};

type Shown = Pick<AgentSnapshot, 'user' | 'registered' | 'abilities' | 'calls'>;

const shownOf = (from: AgentSnapshot | null) =>
  from === null
    ? undefined
    : {
        user: from.user,
        registered: from.registered,
        abilities: from.abilities,
        calls: from.calls,
        dispatch: shownItems(from),
      };

interface Replica {
  seq: number;
  dispatch: DispatchReplica;
  shown: Partial<Shown>;
  calls: Map<number, ICall>;
}

const emptyReplica = (): Replica => ({
  seq: 0,
  shown: { registered: false, abilities: { canMakeCall: false, canConference: false, canTransfer: false } },
  calls: new Map(),
  dispatch: new DispatchReplica(),
});

const isConfigured = (driver: Driver, from: number): boolean =>
  driver.steps.slice(from).some(({ events }) => events.some(each => each.type === 'configured'));

class Replicas {
  readonly #agents = new Map<number, Replica>();

  configured(): void {
    for (const { dispatch } of this.#agents.values()) dispatch.configured();
  }

  take(published: Publication[]): void {
    for (const { agentId, seq, item } of published) {
      const replica = this.#agents.get(agentId) ?? emptyReplica();
      expect(seq).toBe(replica.seq + 1);
      replica.seq = seq;
      this.#agents.set(agentId, replica);
      if (item.event === 'OnCallEvent') {
        const [call] = item.values;
        if (call.State === SessionState.Idle) replica.calls.delete(call.ID);
        else replica.calls.set(call.ID, call);
      }
      replica.dispatch.take(item);
      expect(replica.dispatch.faults).toEqual([]);
      if (item.event === 'OnUserStatusUpdate') replica.shown.user = item.values[0];
      if (item.event === 'OnRegistrationStatus') replica.shown.registered = item.values[0];
      if (item.event === 'abilities') replica.shown.abilities = item.values[0];
    }
  }

  of(agentId: number) {
    const replica = this.#agents.get(agentId);
    return (
      replica && {
        ...replica.shown,
        calls: [...replica.calls.values()],
        dispatch: replica.dispatch.shown,
      }
    );
  }
}
