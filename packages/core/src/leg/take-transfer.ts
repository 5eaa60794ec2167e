import { isExtensionBusy } from '../call/extension-busy.ts';
import { upLegs } from '../call/parties.ts';
import { diallableNumber } from '../configuration/numbers.ts';
import { canJoin, isUnderWay } from '../join/can-join.ts';
import { transferLegs, transferToNumber } from '../join/transfer.ts';
import type { CallManagerReport, LegId } from '../ports/call-manager.ts';
import { agentAt, callOf, type SiteState } from '../state.ts';
import { order, type Turn } from '../turn.ts';
import type { Leg } from './leg.ts';

type Request = Extract<CallManagerReport, { type: 'transferRequested' }>;

/** The person transfers on his phone (RFC 3515, RFC 5589): the same as by a request; what cannot be done changes nothing. */
export function transferRequested(turn: Turn, { leg: id, to }: Request): void {
  const leg = turn.state.legs.get(id);
  if (leg === undefined || leg.clearing !== null) return;
  const act = 'leg' in to ? attended(turn, leg, to.leg) : blind(turn, leg, to.number);
  // the phone hears that it is done before its calls go
  order(turn, { type: 'answerTransfer', leg: id, done: act !== null });
  act?.();
}

function attended(turn: Turn, leg: Leg, otherId: LegId): (() => void) | null {
  const { state } = turn;
  const other = state.legs.get(otherId);
  if (other === undefined || leg.extension === '' || other.extension !== leg.extension) return null;
  if (leg.progress !== 'up' || other.progress !== 'up' || !canJoin(state, leg, other)) return null;
  const isConsultation =
    callOf(state, leg.callId).consultationOf === other.sessionId && other.sessionId !== 0;
  const [first, second] = isConsultation ? [other, leg] : [leg, other];
  return () => transferLegs(turn, first, second);
}

function blind(turn: Turn, leg: Leg, wanted: string): (() => void) | null {
  const { state } = turn;
  const number = diallableNumber(wanted);
  if (number === null || leg.extension === '' || leg.progress !== 'up') return null;
  const call = callOf(state, leg.callId);
  const parties = upLegs(state, call, leg.id).length;
  if (call.recall !== null || isUnderWay(call) || parties === 0) return null;
  // a queue and a flow lead one person
  if (parties > 1 && isService(state, number)) return null;
  return canBeReached(state, leg, number) ? () => transferToNumber(turn, leg, number) : null;
}

const isService = ({ directory }: SiteState, number: string): boolean =>
  directory.serviceNumbers.has(number) || directory.flowNumbers.has(number);

function canBeReached(state: SiteState, leg: Leg, number: string): boolean {
  const { directory, configuration } = state;
  if (isService(state, number)) return true;
  if (!directory.extensions.has(number)) return configuration.outsideUri !== '';
  if (state.phones.get(number)?.registered !== true) return false;
  const call = callOf(state, leg.callId);
  if (call.legs.some(id => state.legs.get(id)?.extension === number)) return false;
  return !isExtensionBusy(state, call, number, agentAt(state, number));
}
