import type { Agent } from '../agent/agent.ts';
import { extensionOf } from '../agent/agent.ts';
import { consultedSession } from '../join/consultation.ts';
import type { CallManagerReport } from '../ports/call-manager.ts';
import { agentAt, callOf } from '../state.ts';
import { emit, nextSessionId, type Turn } from '../turn.ts';
import type { Call } from './call.ts';
import { freeSpeechOf } from './free-speech.ts';
import { routeCall, typeOfNewCall } from './route-call.ts';

type Arrived = Extract<CallManagerReport, { type: 'arrived' }>;

/** Far above what any network gives: nobody fills the journal with a From header. */
const longest = 256;

/** A phone or trunk calls in. Dialled by an agent on his own phone, it is an outgoing call of his. */
export function legArrived(turn: Turn, report: Arrived): void {
  const { state } = turn;
  if (state.legs.has(report.leg)) return;
  const agent = report.extension === '' ? undefined : agentAt(state, report.extension);
  const callId = state.counters.call + 1;
  const user = agent === undefined ? undefined : state.directory.users.get(agent.id);
  const callerNumber = report.extension === '' ? report.callerNumber : report.extension;
  const calledNumber = report.calledNumber.slice(0, longest);
  emit(turn, {
    type: 'callStarted',
    callId,
    origin: report.leg,
    callerNumber: callerNumber.slice(0, longest),
    callerName: user?.name ?? report.callerName.slice(0, longest),
    calledNumber,
    destination: null,
    consultationOf: agent === undefined ? 0 : consultedSession(state, agent),
  });
  const sessionId = agent === undefined ? 0 : nextSessionId(state);
  emit(turn, { type: 'legArrived', leg: report.leg, extension: report.extension, callId, sessionId });
  const call = callOf(state, callId);
  if (agent !== undefined) startDialled(turn, call, agent, sessionId);
  routeCall(turn, call, calledNumber);
}

function startDialled(turn: Turn, call: Call, agent: Agent, sessionId: number): void {
  const type = typeOfNewCall(turn.state, agent);
  freeSpeechOf(turn, agent.id, sessionId);
  emit(turn, {
    type: 'sessionStarted',
    session: {
      id: sessionId,
      agentId: agent.id,
      callId: call.id,
      legId: call.origin,
      type,
      incoming: false,
      phase: { type: 'dialing' },
      phoneNumber: call.calledNumber,
      name: nameOfNumber(turn, call.calledNumber),
      calledNumber: call.calledNumber,
      service: null,
      pending: null,
    },
    ringUntil: null,
  });
}

/** Whose extension or which service group a number is, for the agent who calls it. */
export function nameOfNumber(turn: Turn, number: string): string {
  const { state } = turn;
  const agent = agentAt(state, number);
  if (agent !== undefined && extensionOf(agent) === number) {
    return state.directory.users.get(agent.id)?.name ?? '';
  }
  return state.directory.serviceNumbers.get(number)?.name ?? '';
}
