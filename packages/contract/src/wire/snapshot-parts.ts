import type { Static } from '../schema.ts';
import { utf8Length } from '../transport/transport.ts';
import { AgentSnapshot } from './snapshot.ts';

/**
 * Thousands of items may wait to be picked, more than a frame holds. A snapshot then travels with as many of them as are
 * good for one frame; the others follow in parts, all of it as of the snapshot's one sequence number and before any later item.
 */
export const WaitingItems = AgentSnapshot.properties.dispatch;
export type WaitingItems = Static<typeof WaitingItems>;

/** A quarter of `maximumFrameBytes`: the rest of a snapshot, and one item of the largest, fit beside it. */
export const snapshotPartBytes = 262_144;

/** A GiB of items: a server that announces more is broken or hostile. */
export const maximumSnapshotParts = 4_096;

const kinds = ['personalCalls', 'commonHoldCalls', 'voiceCalls'] as const;

const nothingWaits = (): WaitingItems => ({ personalCalls: [], commonHoldCalls: [], voiceCalls: [] });

/** The snapshot with the items of its first part, and those of the others in order. */
export function splitSnapshot(
  snapshot: AgentSnapshot,
  partBytes: number = snapshotPartBytes,
): { snapshot: AgentSnapshot; parts: WaitingItems[] } {
  const first = nothingWaits();
  const parts: WaitingItems[] = [];
  let part = first;
  let bytes = 0;
  for (const kind of kinds) {
    for (const item of snapshot.dispatch[kind]) {
      const size = utf8Length(JSON.stringify(item));
      if (bytes > 0 && bytes + size > partBytes) {
        part = nothingWaits();
        parts.push(part);
        bytes = 0;
      }
      bytes += size;
      (part[kind] as unknown[]).push(item);
    }
  }
  return { snapshot: { ...snapshot, dispatch: first }, parts };
}

/** The whole again. */
export const joinSnapshot = (snapshot: AgentSnapshot, parts: readonly WaitingItems[]): AgentSnapshot => {
  const all = [snapshot.dispatch, ...parts];
  return {
    ...snapshot,
    dispatch: {
      personalCalls: all.flatMap(each => each.personalCalls),
      commonHoldCalls: all.flatMap(each => each.commonHoldCalls),
      voiceCalls: all.flatMap(each => each.voiceCalls),
    },
  };
};
