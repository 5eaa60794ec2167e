import type { NamedArgumentsOf, RefusalReason } from '@cordboard/contract';
import { type Agent, extensionOf } from '../agent/agent.ts';
import { diallableNumber, translateNumber } from '../configuration/numbers.ts';
import { consultedSession } from '../join/consultation.ts';
import { emit, nextLegId, nextSessionId, originate, type Turn } from '../turn.ts';
import { abilities } from './allowed.ts';
import { nameOfNumber } from './arrive.ts';
import { freeSpeechOf } from './free-speech.ts';
import { typeOfNewCall } from './route-call.ts';

/** Calls the agent's own phone, which answers by itself, and then the number. */
export function makeCall(
  turn: Turn,
  agent: Agent,
  wanted: NamedArgumentsOf<'makeCall'>,
  requestId: string,
): RefusalReason | null {
  const { state } = turn;
  const extension = extensionOf(agent);
  const stripped = diallableNumber(wanted.number);
  if (stripped === null) return 'invalidNumber';
  const number = wanted.useNumberTranslation === true ? translateNumber(state, stripped) : stripped;
  if (number === null) return 'invalidNumber';
  if (state.phones.get(extension)?.registered !== true) return 'phoneNotRegistered';
  if (!abilities(state, agent.id).canMakeCall) return 'cannotMakeCall';
  const type = typeOfNewCall(state, agent);
  const consultationOf = consultedSession(state, agent);
  freeSpeechOf(turn, agent.id, 0);
  const callId = state.counters.call + 1;
  const sessionId = nextSessionId(state);
  const callerName = state.directory.users.get(agent.id)?.name ?? '';
  emit(turn, {
    type: 'callStarted',
    callId,
    origin: nextLegId(state),
    callerNumber: extension,
    callerName,
    calledNumber: number,
    destination: number,
    consultationOf,
  });
  const legId = originate(
    turn,
    {
      to: { extension },
      // what the agent's own phone shows is whom he calls
      callerNumber: number,
      callerName: wanted.name ?? '',
      answering: 'immediately',
      ringSeconds: state.configuration.timers.outgoingRingSeconds,
      media: { type: 'none' },
    },
    { callId, sessionId },
  );
  emit(turn, {
    type: 'sessionStarted',
    session: {
      id: sessionId,
      agentId: agent.id,
      callId,
      legId,
      type,
      incoming: false,
      phase: { type: 'dialing' },
      phoneNumber: number,
      name: wanted.name || nameOfNumber(turn, number),
      calledNumber: number,
      service: null,
      pending: { action: 'makeCall', requestId },
    },
    ringUntil: null,
  });
  return null;
}
