import type { ServiceGroup } from '../configuration/configuration.ts';
import type { SiteState } from '../state.ts';
import { isOpen } from './opening-hours.ts';

/** A group without opening hours is always open. */
export function isOpenNow(state: SiteState, group: ServiceGroup): boolean {
  const hours = state.directory.openingHours.get(group.openingHours ?? '');
  return hours === undefined || isOpen(hours, state.now);
}
