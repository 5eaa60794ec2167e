import type { LegInventory } from './leg.ts';

/** Legs by their id. */
export type LegsThere = ReadonlyMap<string, LegInventory>;

/**
 * Whether the person at one leg hears the person at the other, from what the legs' media say. A phone that shows hold is
 * told so for its person: what it hears is the media's affair.
 */
export const hears = (legs: LegsThere, listener: string, speaker: string): boolean => {
  const [to, from] = [legs.get(listener), legs.get(speaker)];
  if (!to || !from || to === from || to.state !== 'up' || from.state !== 'up') return false;
  return isJoined(to, from) || isCoached(to, from) || isOverheard(legs, to, from);
};

const isJoined = ({ leg, media }: LegInventory, { leg: other, media: its }: LegInventory): boolean => {
  if (media.type === 'connected') return media.with === other && its.type === 'connected' && its.with === leg;
  return media.type === 'conference' && its.type === 'conference' && its.name === media.name;
};

const isCoached = (to: LegInventory, { media }: LegInventory): boolean =>
  media.type === 'monitor' && media.whisper && media.of === to.leg;

const isOverheard = (legs: LegsThere, { media }: LegInventory, from: LegInventory): boolean => {
  if (media.type !== 'monitor') return false;
  const heard = legs.get(media.of);
  return heard !== undefined && (heard.leg === from.leg || isJoined(heard, from));
};
