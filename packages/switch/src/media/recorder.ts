import { open } from 'node:fs/promises';
import { type Law, toLinear } from './g711.ts';
import { timestampAfter } from './rtp.ts';
import { WAV_HEADER, wavHeader } from './wav.ts';

/** left: what the leg says; right: what it hears */
export type Side = 0 | 1;

/** The file of a recording; a fake in tests. */
export interface RecordingFile {
  write(bytes: Buffer, position: number): Promise<void>;
  close(): Promise<void>;
}

/** A new file that only its owner can read; an existing one is an error. */
export async function openRecordingFile(path: string): Promise<RecordingFile> {
  const handle = await open(path, 'wx', 0o600);
  return {
    async write(bytes, position) {
      // A disk that is nearly full takes a part and refuses the rest.
      for (let done = 0; done < bytes.length; ) {
        done += (await handle.write(bytes, done, bytes.length - done, position + done)).bytesWritten;
      }
    },
    close: () => handle.close(),
  };
}

/**
 * A stereo WAV of one leg. Samples are laid into a ring by their RTP time, anchored to their arrival; what never came stays silence. The
 * ring is written out behind the present, so memory is bounded; a disk that is slower than speech loses samples, counted.
 */
export interface Recorder {
  readonly path: string;
  /** `generation` changes when the timestamps of a side begin anew */
  put(
    side: Side,
    packet: Buffer,
    start: number,
    end: number,
    law: Law,
    timestamp: number,
    generation: number,
    now: number,
  ): void;
  /** what is put while it is paused is not in the file, nor is the time */
  pause(on: boolean, now: number): void;
  /** called at each tick */
  tick(now: number): void;
  /** Completes the file; says how many milliseconds are in it. */
  stop(now: number): Promise<number>;
}

export interface RecorderOptions {
  path: string;
  openFile(path: string): Promise<RecordingFile>;
  startedAt: number;
  /** spreads the writes of many recordings over time */
  phase: number;
  /** samples that came too late or for which the disk was too slow */
  lost(samples: number): void;
  /** told once, and not after `stop`: the file could not be made, or ends here with so many milliseconds in it */
  failed(milliseconds: number): void;
}

/** Stereo sample pairs in the ring: 8 s. */
const ringLength = 64_000;
/** What is younger may still be completed by packets under way, ms. */
const lag = 400;
const ticksBetweenWrites = 25;
/** The header says how much there is every so many writes, so that a file cut off by a crash can be played: each 2 s. */
const writesBetweenHeaders = 4;
/** Samples by which a packet may be off its arrival before it is anchored again. */
const tolerance = 2000;
/** 24 hours: the header's 32 bits hold 37. */
const maximumLength = 24 * 3600 * 8000;

interface Anchor {
  generation: number;
  timestamp: number;
  position: number;
}

export function createRecorder(options: RecorderOptions): Recorder {
  const ring = new Int16Array(2 * ringLength);
  const anchors: (Anchor | undefined)[] = [undefined, undefined];
  let file: RecordingFile | undefined;
  /** samples taken out of the ring, and those of them that are in the file */
  let written = 0;
  let stored = 0;
  let ticks = options.phase % ticksBetweenWrites;
  let writes = 0;
  let broken = false;
  let work: Promise<void> | undefined;
  let pausedAt: number | undefined;
  /** ms of the pauses that are over */
  let paused = 0;

  const positionAt = (now: number) =>
    Math.min(maximumLength, Math.max(0, Math.round(((pausedAt ?? now) - options.startedAt - paused) * 8)));

  const millisecondsWritten = () => Math.round(stored / 8);

  function refuse(): void {
    if (broken) return;
    broken = true;
    options.failed(millisecondsWritten());
    const failed = file;
    file = undefined;
    failed?.close().catch(() => undefined); // it is lost already, and its owner knows
  }

  const opening = options
    .openFile(options.path)
    .then(async opened => {
      file = opened;
      await opened.write(wavHeader(2, 0), 0);
    })
    .catch(refuse);

  /** Where in the recording a packet's first sample belongs. */
  function place(side: Side, timestamp: number, generation: number, now: number): number {
    const due = positionAt(now);
    const anchor = anchors[side];
    if (anchor && anchor.generation === generation) {
      const position = anchor.position + timestampAfter(timestamp, anchor.timestamp);
      if (Math.abs(position - due) <= tolerance) return position;
    }
    anchors[side] = { generation, timestamp, position: due };
    return due;
  }

  /** Takes the samples up to `until` out of the ring, at most one ring of them, leaving silence behind. */
  function takeOut(until: number): Buffer {
    const length = Math.min(until - written, ringLength);
    const block = new Int16Array(2 * length);
    const at = 2 * (written % ringLength);
    const first = Math.min(block.length, ring.length - at);
    block.set(ring.subarray(at, at + first));
    ring.fill(0, at, at + first);
    block.set(ring.subarray(0, block.length - first), first);
    ring.fill(0, 0, block.length - first);
    return Buffer.from(block.buffer);
  }

  async function writeOut(until: number, withHeader: boolean): Promise<void> {
    while (file && until > written) {
      const block = takeOut(until);
      const position = WAV_HEADER + 4 * written;
      written += block.length / 4;
      await file.write(block, position);
      stored = written;
    }
    if (withHeader) await file?.write(wavHeader(2, 4 * stored), 0);
  }

  return {
    path: options.path,
    put(side, packet, start, end, law, timestamp, generation, now) {
      if (pausedAt !== undefined) return;
      const position = place(side, timestamp, generation, now);
      const table = toLinear[law];
      const first = Math.max(0, written - position);
      const limit = Math.min(end - start, written + ringLength - position);
      options.lost(end - start - Math.max(0, limit - first));
      let at = 2 * ((position + first) % ringLength) + side;
      for (let i = start + first; i < start + limit; i++) {
        ring[at] = table[packet[i] as number] as number;
        at += 2;
        if (at >= ring.length) at -= ring.length;
      }
    },
    pause(on, now) {
      if (on) {
        pausedAt ??= now;
        return;
      }
      if (pausedAt === undefined) return;
      paused += now - pausedAt;
      pausedAt = undefined;
      // What comes now belongs where the pause began, whatever its timestamp.
      anchors.fill(undefined);
    },
    tick(now) {
      if (++ticks % ticksBetweenWrites !== 0 || work || !file) return;
      work = writeOut(Math.max(0, positionAt(now) - 8 * lag), ++writes % writesBetweenHeaders === 0)
        .catch(refuse)
        .finally(() => {
          work = undefined;
        });
    },
    async stop(now) {
      const until = positionAt(now);
      await opening;
      await work;
      await writeOut(until, true)
        .then(() => file?.close())
        .catch(refuse);
      return millisecondsWritten();
    },
  };
}
