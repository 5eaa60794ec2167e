import type { Preferences } from '../settings/preferences.ts';
import type { WindowState } from '../state/window-state.ts';

/** What a supporter should know of this window: how it is shown and how much there is in it, nothing of whom. */
export const describeWindow = (
  { application, agent, catchingUp, notices }: WindowState,
  preferences: Preferences,
): object => ({
  browser: navigator.userAgent,
  languages: navigator.languages,
  page: location.hash,
  size: `${innerWidth} x ${innerHeight} at ${devicePixelRatio}`,
  colors: document.documentElement.dataset['mantineColorScheme'],
  isSecure: isSecureContext,
  preferences: { ...preferences, ringOutput: preferences.ringOutput !== null },
  application,
  catchingUp,
  registered: agent?.registered,
  abilities: agent?.abilities,
  callsByState: agent && countBy(agent.calls.map(each => `${each.State}`)),
  waiting: agent && {
    personal: agent.dispatch.personalCalls.length,
    commonHold: agent.dispatch.commonHoldCalls.length,
    voice: agent.dispatch.voiceCalls.length,
  },
  refused: notices.map(({ method, reason }) => ({ method, reason })),
});

const countBy = (keys: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1;
  return counts;
};
