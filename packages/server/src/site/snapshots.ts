import type { Clock } from '@cordboard/contract';
import { errorText, type Logger } from '../logging/logger.ts';
import type { SiteCore } from './core.ts';
import { type Model, takeSnapshot } from './model.ts';
import type { SiteBounds } from './site-options.ts';

/** Bounds the replay: after many steps, or after a while, the whole state is written down. */
export interface Snapshots {
  afterStep(): void;
  /** resolves when none is being written */
  settled(): Promise<void>;
}

export function createSnapshots<State, Event>(
  core: SiteCore<State, Event>,
  model: Model<State>,
  options: { bounds: SiteBounds; clock: Clock; logger: Logger },
): Snapshots {
  const { bounds, clock, logger } = options;
  let lastSeq = model.last;
  let lastTime = clock.now();
  let writing: Promise<void> | null = null;

  async function write(): Promise<void> {
    const began = performance.now();
    const snapshot = takeSnapshot(core, model);
    const milliseconds = Math.round(performance.now() - began);
    try {
      await model.session.saveSnapshot(snapshot);
      logger.debug('a snapshot was written', {
        seq: snapshot.seq,
        bytes: snapshot.body.length,
        milliseconds,
      });
    } catch (thrown) {
      // the journal is complete without it: the next one is tried in its turn
      logger.warning('a snapshot could not be written', { reason: errorText(thrown) });
    } finally {
      writing = null;
    }
  }

  return {
    afterStep() {
      const steps = model.last - lastSeq;
      const now = clock.now();
      const due =
        steps >= bounds.snapshotSteps || (steps > 0 && now - lastTime >= bounds.snapshotMilliseconds);
      if (!due || writing !== null) return;
      lastSeq = model.last;
      lastTime = now;
      model.rings.forgetOld(now);
      writing = write();
    },
    async settled() {
      await writing;
    },
  };
}
