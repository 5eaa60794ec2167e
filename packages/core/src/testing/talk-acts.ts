import type { Leg } from '../leg/leg.ts';
import type { SiteRequest } from '../site.ts';
import type { Act } from './act.ts';
import { testExtension, testNumber } from './configuration.ts';
import type { Driver } from './driver.ts';

const pick = <Value>(values: readonly Value[], index: number): Value | undefined =>
  values[index % Math.max(1, values.length)];

export const talkKinds = 20;

/**
 * What people do who talk, consult and hand over: mostly what makes sense then, so that random runs come into
 * transfers and conferences, which acts without any aim hardly ever reach.
 */
export function talkOn(driver: Driver, { kind, who, which, detail }: Act): void {
  const agentId = who + 1;
  const legs = [...driver.state.legs.values()];
  const ringing = pick(
    legs.filter(each => each.progress !== 'up'),
    which,
  );
  const mine = legs.filter(each => each.extension === testExtension(agentId) && each.progress === 'up');
  const ask = (request: SiteRequest) => driver.request(agentId, request);
  switch (kind % talkKinds) {
    case 0:
      driver.arrive((which % 2) + 1);
      return;
    case 1:
    case 2:
    case 3:
    case 4:
      if (ringing !== undefined) driver.answered(ringing.id);
      return;
    case 5:
      if (ringing !== undefined) driver.report({ type: 'alerting', leg: ringing.id });
      return;
    case 6:
    case 7:
    case 8:
      call(driver, agentId, which, detail);
      return;
    case 9:
    case 10:
      ask({ method: 'transferCall', arguments: { callId: held(driver, agentId, which) } });
      return;
    case 11:
    case 12:
      ask({ method: 'conferenceActiveCall', arguments: {} });
      return;
    case 13:
      ask({ method: 'retrieveCall', arguments: { callId: held(driver, agentId, which) } });
      return;
    case 14:
      ask({ method: detail % 2 === 0 ? 'holdActiveCall' : 'hangupActiveCall', arguments: {} });
      return;
    case 15:
      transferOnPhone(driver, mine, which, detail);
      return;
    case 16:
      driver.pass(detail * 1500);
      return;
    case 17:
      freeUp(driver, agentId);
      return;
    case 18:
      driver.cleared(pick(legs, which)?.id ?? '', pick(['normal', 'busy', 'noAnswer'] as const, detail));
      return;
    default:
      if (ringing !== undefined) driver.report({ type: 'earlyMedia', leg: ringing.id });
  }
}

/** And the agent's own phone answers by itself, as it does. */
function call(driver: Driver, agentId: number, which: number, detail: number): void {
  const numbers = [testExtension((which % 3) + 1), testExtension((which % 3) + 1), '0049', testNumber(1)];
  const number = pick(numbers, detail) ?? '';
  const answer = driver.request(agentId, { method: 'makeCall', arguments: { number } });
  if (answer.ok) driver.answered(driver.lastLeg());
}

const held = (driver: Driver, agentId: number, which: number): number => {
  const sessions = driver.state.agents.get(agentId)?.sessions ?? [];
  const all = sessions.filter(id => driver.state.sessions.get(id)?.phase.type === 'held');
  return pick(all, which) ?? 0;
};

function transferOnPhone(driver: Driver, mine: Leg[], which: number, detail: number): void {
  const leg = pick(mine, which)?.id ?? '';
  const other = pick(mine, which + 1)?.id ?? '';
  const number = pick([testExtension((which % 3) + 1), '0049', testNumber(2)], detail) ?? '';
  driver.report({ type: 'transferRequested', leg, to: detail % 2 === 0 ? { leg: other } : { number } });
}

function freeUp(driver: Driver, agentId: number): void {
  for (const callId of [...(driver.state.agents.get(agentId)?.sessions ?? [])]) {
    driver.request(agentId, { method: 'cancelClerical', arguments: { callId } });
  }
  driver.ready(agentId);
}
