import type { Counters } from './counters.ts';
import type { MediaEvent } from './engine.ts';
import type { Leg } from './leg.ts';
import { createRecorder, type RecordingFile } from './recorder.ts';

/** The recordings of all legs, from their start to the complete file. */
export interface Recordings {
  start(leg: Leg, path: string): void;
  /** target state: paused or not; without a recording nothing happens */
  pause(leg: Leg, on: boolean): void;
  stop(leg: Leg): void;
  /** those whose files are not complete */
  readonly size: number;
  /** until all that were stopped are complete */
  completed(): Promise<void>;
}

export interface RecordingsOptions {
  emit(event: MediaEvent): void;
  now(): number;
  counters: Counters;
  openFile(path: string): Promise<RecordingFile>;
}

export function createRecordings({ emit, now, counters, openFile }: RecordingsOptions): Recordings {
  /** recordings whose files are being completed */
  const ending = new Set<Promise<void>>();
  let begun = 0;
  let size = 0;

  function start(leg: Leg, path: string): void {
    if (leg.recorder?.path === path) return;
    stop(leg);
    size++;
    begun++;
    const recorder = createRecorder({
      path,
      openFile,
      startedAt: now(),
      phase: begun,
      lost: samples => {
        counters.recordingSamplesLost += samples;
      },
      failed(milliseconds) {
        counters.recordingsFailed++;
        if (leg.recorder !== recorder) return; // being stopped: told when that is done
        leg.recorder = undefined;
        size--;
        emit({ type: 'recordingStopped', leg: leg.id, milliseconds, failed: true });
      },
    });
    leg.recorder = recorder;
  }

  function stop(leg: Leg): void {
    const { recorder } = leg;
    if (!recorder) return;
    leg.recorder = undefined;
    const end = recorder.stop(now()).then(milliseconds => {
      size--;
      ending.delete(end);
      emit({ type: 'recordingStopped', leg: leg.id, milliseconds });
    });
    ending.add(end);
  }

  return {
    start,
    pause: (leg, on) => leg.recorder?.pause(on, now()),
    stop,
    get size() {
      return size;
    },
    async completed() {
      await Promise.all(ending);
    },
  };
}
