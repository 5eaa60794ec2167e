import type {
  CallManagerCommand,
  CallManagerInventory,
  LegInventory,
  LegMedia,
} from '../ports/call-manager.ts';
import { recordingCommands } from '../recording/take-recording-report.ts';
import type { SiteState } from '../state.ts';
import { type Leg, sameMedia } from './leg.ts';

/** What the call manager must be told so that its legs are where the state wants them: nothing, if they are there. */
export function commandsToReach(state: SiteState, inventory: CallManagerInventory): CallManagerCommand[] {
  const commands: CallManagerCommand[] = [];
  const there = new Map(inventory.legs.map(each => [each.leg, each]));
  for (const leg of state.legs.values()) {
    const now = there.get(leg.id);
    if (now === undefined) recall(leg, commands);
    else bring(leg, now, commands);
  }
  for (const each of inventory.legs) {
    if (!state.legs.has(each.leg)) commands.push({ type: 'clear', leg: each.leg, cause: 'unreachable' });
  }
  return [...commands, ...recordingCommands(state, inventory)];
}

/** Ordered, and perhaps never sent. The id is the same, so that the phone cannot be called twice. */
function recall(leg: Leg, commands: CallManagerCommand[]): void {
  if (leg.origin === null || leg.clearing !== null || leg.progress !== 'dialing') return;
  commands.push(leg.origin);
  if (leg.pickedUp) commands.push({ type: 'pickUp', leg: leg.id });
}

function bring(leg: Leg, now: LegInventory, commands: CallManagerCommand[]): void {
  if (leg.clearing !== null) {
    commands.push({ type: 'clear', leg: leg.id, cause: leg.clearing });
    return;
  }
  if (leg.direction === 'incoming' && leg.progress === 'up' && now.state !== 'up') {
    commands.push({ type: 'answer', leg: leg.id, media: leg.media });
    return;
  }
  if (leg.direction === 'incoming' && leg.progress === 'alerting' && now.state === 'arriving') {
    commands.push({ type: 'alert', leg: leg.id });
  }
  if (leg.direction === 'incoming' && leg.progress !== 'up' && leg.media.type !== 'none') {
    if (!isHeard(leg.media, now.media)) commands.push({ type: 'progress', leg: leg.id, media: leg.media });
  }
  if (leg.pickedUp && leg.progress !== 'up') commands.push({ type: 'pickUp', leg: leg.id });
  if (leg.progress !== 'up') return;
  if (now.held !== leg.held) commands.push({ type: 'setHold', leg: leg.id, on: leg.held });
  if (!isHeard(leg.media, now.media)) commands.push({ type: 'setMedia', leg: leg.id, media: leg.media });
}

/** A greeting that is over by now is not played again: what goes on after it counts. */
function isHeard(wanted: LegMedia, now: LegMedia): boolean {
  if (sameMedia(wanted, now)) return true;
  if (wanted.type !== 'play' || now.type !== 'play') return false;
  const [last, playing] = [wanted.sounds.at(-1), now.sounds.at(-1)];
  if (last === undefined || playing === undefined) return false;
  // a prompt by another name is another one, that was never heard
  if (last.type === 'file' && wanted.name !== now.name) return false;
  return sameMedia({ type: 'play', sounds: [last] }, { type: 'play', sounds: [playing] });
}
