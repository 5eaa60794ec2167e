import { type CallManagerInventory, commandsToReach, type SiteState } from '@cordboard/core';
import type { FakeCallManager, FakePhones } from '../call-manager/fake-call-manager.ts';
import type { LegInventory } from '../call-manager/leg.ts';
import type { Findings } from './findings.ts';

/** Longer than any command, report, break or restart is under way. */
const patience = 90_000;

/** Whose partner is gone hears silence, which is as good as nothing. */
const asSilence = (leg: LegInventory): LegInventory =>
  leg.media.type === 'play' && leg.media.sounds.every(each => each.type === 'silence')
    ? { ...leg, media: { type: 'none' } }
    : leg;

/** In what the call manager has and what the site wants differ, and what the one has that the other does not know. */
export const switchDifferences = (state: SiteState, inventory: CallManagerInventory): string[] => {
  const legs = inventory.legs.map(asSilence);
  const there = new Map(legs.map(each => [each.leg, each]));
  const registered = new Set(inventory.registrations.map(each => each.extension));
  const differences = commandsToReach(state, { ...inventory, legs }).map(
    each => `leg ${each.leg} needs ${JSON.stringify(each)}`,
  );
  for (const { id, progress } of state.legs.values()) {
    const leg = there.get(id);
    if (!leg) differences.push(`leg ${id} is known to the site alone`);
    else if ((leg.state === 'up') !== (progress === 'up'))
      differences.push(`leg ${id} is ${leg.state}, to the site ${progress}`);
  }
  for (const phone of state.phones.values()) {
    if (phone.registered !== registered.has(phone.extension))
      differences.push(`phone ${phone.extension} is registered here and not there, or the other way round`);
  }
  return differences;
};

/** Where nothing is under way any more the call manager has what the site wants, and nothing else. */
export const createSwitchCheck = (options: {
  callManager: Pick<FakeCallManager, 'instance' | 'legs'> & { phones: Pick<FakePhones, 'isRegistered'> };
  now(): number;
  findings: Findings;
}): { sample(state: SiteState): void } => {
  const { callManager, now, findings } = options;
  /** by difference */
  const since = new Map<string, number>();
  return {
    sample(state) {
      const registrations = [...state.phones.keys()]
        .filter(callManager.phones.isRegistered)
        .map(extension => ({ extension, address: '' }));
      const { instance } = callManager;
      const found = new Set(switchDifferences(state, { instance, legs: callManager.legs(), registrations }));
      for (const difference of since.keys()) if (!found.has(difference)) since.delete(difference);
      for (const difference of found) {
        const first = since.get(difference) ?? now();
        since.set(difference, first);
        if (now() - first > patience) findings.violated('SIM-62', difference);
      }
    },
  };
};
