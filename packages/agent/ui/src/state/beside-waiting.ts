import type { WindowState } from './window-state.ts';

const sameBut = (a: object | null, b: object | null, besides: string): boolean => {
  if (a === b) return true;
  if (a === null || b === null) return false;
  const of = b as Record<string, unknown>;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    Object.entries(a).every(([key, value]) => key === besides || of[key] === value)
  );
};

/**
 * Whether two states are the same for what does not show what waits. The lists may change a hundred times a second; the rest
 * of the page is not made anew for that.
 */
export const sameBesideWaiting = (a: WindowState, b: WindowState): boolean =>
  sameBut(a, b, 'agent') && sameBut(a.agent, b.agent, 'dispatch');
