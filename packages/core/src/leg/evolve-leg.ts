import { settleAvailability } from '../agent/availability.ts';
import { boundOutside } from '../call/outside-call.ts';
import { leaveFlow } from '../flow/evolve-flow.ts';
import type { LegMedia } from '../ports/call-manager.ts';
import { dropUnbegun } from '../recording/evolve-recording.ts';
import { agentAt, phoneOf, type SiteState, touchAll } from '../state.ts';
import type { Leg, LegCommand, LegEvent, Party } from './leg.ts';

export function evolveLeg(state: SiteState, event: LegEvent): void {
  switch (event.type) {
    case 'legArrived':
      add(state, {
        ...newLeg,
        id: event.leg,
        direction: 'incoming',
        extension: event.extension,
        progress: 'arriving',
        callId: event.callId,
        sessionId: event.sessionId,
        party: callerOf(state, event.callId),
      });
      return;
    case 'legOriginated':
      originate(state, event);
      return;
    case 'legOrdered':
      order(state, event.command);
      return;
    case 'legCleared':
      remove(state, event.leg);
      return;
    default:
      report(state, event);
  }
}

const newLeg = {
  held: false,
  media: { type: 'none' },
  pickedUp: false,
  clearing: null,
  origin: null,
  early: false,
} satisfies Partial<Leg>;

function originate(state: SiteState, event: Extract<LegEvent, { type: 'legOriginated' }>): void {
  const { command } = event;
  const extension = 'extension' in command.to ? command.to.extension : '';
  // ids are counted so that none is given twice, also after a restart
  state.counters.leg += 1;
  const deflection = state.calls.get(event.callId)?.deflection;
  if (deflection?.leg === '') deflection.leg = command.leg;
  add(state, {
    ...newLeg,
    id: command.leg,
    direction: 'outgoing',
    extension,
    progress: 'dialing',
    callId: event.callId,
    sessionId: event.sessionId,
    media: command.media,
    origin: command,
    party: event.party ?? { number: extension, name: nameAt(state, extension) },
  });
}

const callerOf = (state: SiteState, callId: number): Party => {
  const call = state.calls.get(callId);
  return { number: call?.callerNumber ?? '', name: call?.callerName ?? '' };
};

const nameAt = (state: SiteState, extension: string): string =>
  state.directory.users.get(agentAt(state, extension)?.id ?? 0)?.name ?? '';

function add(state: SiteState, leg: Leg): void {
  state.legs.set(leg.id, leg);
  const call = state.calls.get(leg.callId);
  call?.legs.push(leg.id);
  if (call !== undefined) boundOutside(state, call);
  countLoose(state, leg, 1);
}

function countLoose(state: SiteState, leg: Leg, by: number): void {
  if (leg.extension === '' || leg.sessionId !== 0) return;
  phoneOf(state, leg.extension).looseLegs += by;
  const agent = agentAt(state, leg.extension);
  if (agent !== undefined) settleAvailability(state, agent);
}

/** A leg that is ordered to clear, or gone, takes part in nothing any more. */
function leave(state: SiteState, leg: Leg): void {
  setMedia(state, leg, { type: 'none' });
  touchAll(state, leg.callId);
  countLoose(state, leg, -1);
  const call = state.calls.get(leg.callId);
  if (call !== undefined) {
    call.legs = call.legs.filter(each => each !== leg.id);
    boundOutside(state, call);
  }
  if (call?.flow?.leg === leg.id) leaveFlow(state, call);
  leg.callId = 0;
}

function order(state: SiteState, command: LegCommand): void {
  const leg = state.legs.get(command.leg);
  if (leg === undefined) return;
  switch (command.type) {
    case 'alert':
      leg.progress = 'alerting';
      break;
    case 'answer':
      leg.progress = 'up';
      touchAll(state, leg.callId);
      leg.media = command.media;
      break;
    case 'pickUp':
      leg.pickedUp = true;
      break;
    case 'setMedia':
      setMedia(state, leg, command.media);
      break;
    case 'setHold':
      leg.held = command.on;
      break;
    case 'clear':
      if (leg.clearing === null) leave(state, leg);
      leg.clearing = command.cause;
      break;
    case 'progress':
      setMedia(state, leg, command.media);
      break;
    case 'sendDigits':
    case 'announce':
    case 'startRecording':
    case 'pauseRecording':
    case 'stopRecording':
    case 'answerTransfer':
      break;
  }
}

/** Speech is between two: connecting one connects the other, and an earlier partner of either falls silent. */
function setMedia(state: SiteState, leg: Leg, media: LegMedia): void {
  const other = media.type === 'connected' ? state.legs.get(media.with) : undefined;
  silencePartner(state, leg);
  // before the leg has its new partner: it may be the earlier one of that
  if (other !== undefined) silencePartner(state, other);
  leg.media = media;
  if (other !== undefined) other.media = { type: 'connected', with: leg.id };
}

function silencePartner(state: SiteState, leg: Leg): void {
  if (leg.media.type !== 'connected') return;
  const partner = state.legs.get(leg.media.with);
  if (partner?.media.type === 'connected' && partner.media.with === leg.id) partner.media = { type: 'none' };
}

function report(
  state: SiteState,
  event: Extract<LegEvent, { type: 'legAlerting' | 'legHeardEarly' | 'legAnswered' | 'legHeld' }>,
): void {
  const leg = state.legs.get(event.leg);
  if (leg === undefined) return;
  touchAll(state, leg.callId);
  if (event.type === 'legHeld') leg.held = event.on;
  else if (event.type === 'legHeardEarly') leg.early = true;
  else leg.progress = event.type === 'legAlerting' ? 'alerting' : 'up';
}

function remove(state: SiteState, id: string): void {
  const leg = state.legs.get(id);
  if (leg === undefined) return;
  if (leg.clearing === null) leave(state, leg);
  state.legs.delete(id);
  dropUnbegun(state, id);
}
