import type { FakeCallManager } from '../call-manager/fake-call-manager.ts';
import type { Callers } from '../people/callers.ts';
import type { Findings } from './findings.ts';

/** How long a caller may hear nothing: a command or two are on the way, or the site is starting again. */
const patienceSamples = 40;

/** What the call manager has, compared with what people expect of it. */
export const legChecks = (options: {
  callManager: FakeCallManager;
  callers: Callers;
  findings: Findings;
}) => {
  const { callManager, callers, findings } = options;
  /** how often a caller was found hearing nothing, in a row */
  const silent = new Map<string, number>();

  const hearsNothing = (leg: string): boolean => {
    const caller = callers.present.get(leg);
    if (!caller || caller.state === 'ringing') return false;
    const { hears } = caller;
    return (
      hears.type === 'none' || (hears.type === 'play' && hears.sounds.every(each => each.type === 'silence'))
    );
  };

  return {
    /** now and again */
    sample() {
      for (const [leg, caller] of callers.present) {
        const times = hearsNothing(leg) ? (silent.get(leg) ?? 0) + 1 : 0;
        silent.set(leg, times);
        if (times > patienceSamples)
          findings.violated('SYS-16', `caller ${caller.number} on leg ${leg} hears nothing`);
      }
      for (const leg of silent.keys()) if (!callers.present.has(leg)) silent.delete(leg);
    },
    atTheEnd() {
      for (const { leg, state } of callManager.legs()) {
        findings.violated('SYS-15', `leg ${leg} is left over, ${state}`);
      }
    },
  };
};
