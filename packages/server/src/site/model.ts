import type { SiteCore } from './core.ts';
import type { JournalRow, JournalSession } from './journal.ts';
import { decodeRow, decodeSnapshot, encodeSnapshot, type Lineage } from './row.ts';
import { type RingBounds, StreamRings } from './stream-rings.ts';

/** Everything that is thrown away and loaded again when an append did not surely succeed. */
export interface Model<State> {
  session: JournalSession;
  state: State;
  lineage: Lineage;
  /** number of the last step decided */
  last: number;
  rings: StreamRings;
  /** which steps are how old, so that a snapshot can say from where the streams must be read again */
  ages: StepAges;
}

export interface StepAges {
  add(after: number, at: number): void;
  /** every step after the returned one is younger than the rings' bound, and perhaps some before it */
  youngAfter(now: number): number;
}

export function createStepAges(milliseconds: number): StepAges {
  const marks: { after: number; at: number }[] = [];
  return {
    add(after, at) {
      const newest = marks.at(-1);
      // one mark a second is exact enough
      if (newest === undefined || at - newest.at >= 1000) marks.push({ after, at });
    },
    youngAfter(now) {
      const second = marks.findIndex(each => each.at >= now - milliseconds);
      const old = second === -1 ? marks.length - 1 : second - 1;
      if (old > 0) marks.splice(0, old);
      return marks[0]?.after ?? 0;
    },
  };
}

/** The newest snapshot and what came after it. The streams' newest items may lie before the snapshot and are read again too. */
export async function loadModel<State, Event>(
  core: SiteCore<State, Event>,
  session: JournalSession,
  options: { rings: RingBounds; newStream: () => string },
): Promise<Model<State>> {
  const saved = await session.snapshot();
  const snapshot = saved === null ? null : decodeSnapshot(saved);
  const model: Model<State> = {
    session,
    state: snapshot === null ? core.create() : core.load(snapshot.state),
    lineage: snapshot?.lineage ?? { stream: options.newStream(), position: null, reports: 0, at: 0 },
    last: saved?.seq ?? 0,
    rings: new StreamRings(options.rings),
    ages: createStepAges(options.rings.milliseconds),
  };
  const from = snapshot === null ? 0 : Math.min(snapshot.streamsAfter, model.last);
  for await (const row of session.replay(from)) replayRow(core, model, row);
  if (model.last !== session.last) {
    throw new Error(`the journal ends at step ${model.last}, its lease at ${session.last}`);
  }
  return model;
}

function replayRow<State, Event>(core: SiteCore<State, Event>, model: Model<State>, row: JournalRow): void {
  const { steps, lineage } = decodeRow<Event>(row);
  if (row.after > model.last)
    throw new Error(`steps ${model.last + 1} to ${row.after} are not in the journal`);
  for (const step of steps) {
    for (const item of step.published) model.rings.push(item);
    if (step.seq <= model.last) continue;
    core.evolve(model.state, { at: step.at, events: step.events });
    model.last = step.seq;
    model.lineage = lineage;
  }
  const first = steps[0];
  if (first !== undefined) model.ages.add(row.after, first.at);
}

/** The state as of the last step, and from where the streams must be read again with it. */
export const takeSnapshot = <State, Event>(core: SiteCore<State, Event>, model: Model<State>) =>
  encodeSnapshot(model.last, {
    lineage: model.lineage,
    streamsAfter: model.ages.youngAfter(model.lineage.at),
    state: core.save(model.state),
  });
