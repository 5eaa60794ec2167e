import { CallType } from '@cordboard/contract';
import type { Session, SessionPhase } from '../call/session.ts';
import type { SiteEvent } from '../event.ts';
import type { Step } from '../site.ts';
import type { CallDetail, CallDetailType } from './detail.ts';
import { flowDetailOf } from './flow-detail.ts';

type Detail = Omit<CallDetail, 'at'>;
type Moved = Extract<SiteEvent, { type: 'sessionMoved' }>;

const nothing = { sessionId: 0, agentId: 0, groupId: 0, detail: '', data: '' };

/** The rows of a step: a pure projection, so that a table can be filled from the journal at any time. */
export function callDetails(step: Step<SiteEvent>): CallDetail[] {
  const rows: CallDetail[] = [];
  for (const event of step.events) {
    const row = detailOf(event);
    if (row !== null) rows.push({ at: step.at, ...row });
  }
  return rows;
}

function detailOf(event: SiteEvent): Detail | null {
  switch (event.type) {
    case 'callStarted':
      return {
        ...nothing,
        type: 'started',
        callId: event.callId,
        detail: event.callerNumber,
        data: event.calledNumber,
      };
    case 'callQueued':
      return {
        ...nothing,
        type: event.returned ? 'returned' : 'queued',
        callId: event.callId,
        groupId: event.groupId,
      };
    case 'callUnqueued':
      return {
        ...nothing,
        type: 'unqueued',
        callId: event.callId,
        groupId: event.groupId,
        detail: event.cause,
      };
    case 'callTransferred':
    case 'callConferenced':
      return {
        ...nothing,
        ...of(event),
        type: event.type === 'callTransferred' ? 'transferred' : 'conferenced',
        detail: event.number,
        // the other call, which ends here
        data: event.otherId === 0 ? '' : `${event.otherId}`,
      };
    case 'callRecalled':
      return { ...nothing, ...of(event), type: 'recalled', detail: event.cause };
    case 'partyLeft':
      return { ...nothing, type: 'left', callId: event.callId, detail: event.number };
    case 'callCutOff':
      return { ...nothing, type: 'cutOff', callId: event.callId };
    case 'callEnded':
      return { ...nothing, type: 'ended', callId: event.callId, detail: event.cause };
    case 'sessionStarted':
      return {
        ...nothing,
        type: typeOfBeginning(event.session),
        callId: event.session.callId,
        sessionId: event.session.id,
        agentId: event.session.agentId,
        groupId: event.session.service?.groupId ?? 0,
        detail: event.session.phoneNumber,
      };
    case 'sessionMoved':
      return movedDetail(event);
    case 'clericalExtended':
      return { ...nothing, ...of(event), type: 'clericalExtended' };
    case 'ivrDataSet':
      return event.recorded
        ? { ...nothing, ...of(event), type: 'ivrData', detail: event.label, data: event.data }
        : null;
    case 'callPlaced':
    case 'callUnplaced':
    case 'itemBecameGeneral':
    case 'itemReserved':
    case 'itemReleased':
      return dispatchDetail(event);
    case 'cqCodesEntered':
      return {
        ...nothing,
        ...of(event),
        type: 'cqCodes',
        groupId: event.groupId,
        detail: event.codes.map(each => each.Code).join(','),
        data: event.codes.map(each => each.Name).join(', '),
      };
    case 'callIntruded':
      return { ...nothing, ...of(event), type: 'intruded', detail: event.number };
    case 'recordingStarted':
      return { ...nothing, ...of(event), type: 'recordingStarted', detail: event.file };
    case 'recordingEnded':
      return {
        ...nothing,
        ...of(event),
        type: 'recordingStopped',
        detail: event.file,
        data: `${event.milliseconds ?? ''}`,
      };
    default:
      return flowDetailOf(event);
  }
}

function typeOfBeginning({ incoming, type }: Pick<Session, 'incoming' | 'type'>): CallDetailType {
  if (incoming) return 'offered';
  return type === CallType.Consultation ? 'consult' : 'dialled';
}

const of = (event: { callId: number; sessionId: number; agentId: number }) => ({
  callId: event.callId,
  sessionId: event.sessionId,
  agentId: event.agentId,
});

type Placing = Extract<
  SiteEvent,
  { type: 'callPlaced' | 'callUnplaced' | 'itemBecameGeneral' | 'itemReserved' | 'itemReleased' }
>;

function dispatchDetail(event: Placing): Detail {
  const { callId } = event;
  switch (event.type) {
    case 'callPlaced': {
      const { kind, agentId, groupId } = event.place;
      return {
        ...nothing,
        type: 'placed',
        callId,
        sessionId: event.sessionId,
        agentId,
        groupId,
        detail: kind,
      };
    }
    case 'callUnplaced':
      return { ...nothing, type: 'unplaced', callId, detail: event.cause };
    case 'itemBecameGeneral':
      return { ...nothing, type: 'becameGeneral', callId, detail: event.cause };
    case 'itemReserved':
      return { ...nothing, type: 'reserved', callId, agentId: event.agentId };
    case 'itemReleased':
      return { ...nothing, type: 'released', callId, agentId: event.agentId, detail: event.cause };
  }
}

function movedDetail(event: Moved): Detail | null {
  const type = typeOfMove(event.from, event.phase);
  if (type === null) return null;
  const { phase } = event;
  const detail = phase.type === 'idle' || phase.type === 'failed' ? phase.cause : '';
  return { ...nothing, ...of(event), type, detail };
}

function typeOfMove(from: SessionPhase['type'], to: SessionPhase): CallDetailType | null {
  switch (to.type) {
    case 'connected':
      if (from === 'held') return 'retrieved';
      if (from === 'authenticating') return 'authenticationEnded';
      // the other side has retrieved him, or of a conference two are left: he spoke before
      return from === 'onHold' || from === 'conference' ? null : 'answered';
    case 'conference':
      return from === 'held' ? 'retrieved' : null;
    case 'held':
      return 'held';
    case 'failed':
      return 'failed';
    case 'clearing':
      return 'cleared';
    case 'forceClearing':
      return 'forced';
    case 'clerical':
      return 'clericalStarted';
    case 'idle':
      if (from === 'offered') return 'offerEnded';
      return from === 'clerical' ? 'clericalEnded' : null;
    default:
      return null;
  }
}
