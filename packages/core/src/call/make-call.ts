import type { NamedArgumentsOf, RefusalReason } from '@cordboard/contract';
import { type Agent, extensionOf } from '../agent/agent.ts';
import { diallableNumber, translateNumber } from '../configuration/numbers.ts';
import { consultedSession } from '../join/consultation.ts';
import type { Turn } from '../turn.ts';
import { abilities } from './allowed.ts';
import { nameOfNumber } from './arrive.ts';
import { freeSpeechOf } from './free-speech.ts';
import { ringOwnPhone } from './ring-own-phone.ts';
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
  ringOwnPhone(turn, agent, {
    type,
    number,
    callerName: wanted.name ?? '',
    name: wanted.name || nameOfNumber(turn, number),
    requestId,
    call: { destination: number, consultationOf },
  });
  return null;
}
