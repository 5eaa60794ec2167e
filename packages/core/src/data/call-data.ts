import type { RefusalReason } from '@cordboard/contract';
import type { Call } from '../call/call.ts';
import type { Session } from '../call/session.ts';
import { callOf } from '../state.ts';
import { emit, type Turn } from '../turn.ts';

/** So that no request can fill the journal, and no event can outgrow its frame. */
export const dataBounds = {
  privateDataBytes: 4096,
  ivrFields: 100,
  ivrLabel: 256,
  ivrData: 16_384,
  /** of all fields of a call together */
  ivrTotal: 262_144,
  name: 256,
} as const;

/** Length in UTF-8, without making the bytes. */
export function utf8Length(text: string): number {
  let length = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    length += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return length;
}

export function setPrivateData(turn: Turn, session: Session, data: string): RefusalReason | null {
  if (utf8Length(data) > dataBounds.privateDataBytes) return 'dataTooLong';
  emit(turn, { type: 'privateDataSet', callId: session.callId, data });
  return null;
}

export function setName(turn: Turn, session: Session, name: string): RefusalReason | null {
  if (name.length > dataBounds.name) return 'dataTooLong';
  emit(turn, { type: 'sessionNamed', sessionId: session.id, name });
  return null;
}

export const setIvrData = (
  turn: Turn,
  { id, callId, agentId }: Session,
  wanted: { label: string; data: string },
  recorded: boolean,
): RefusalReason | null => setField(turn, { callId, sessionId: id, agentId }, wanted, recorded);

/** `by`: whose doing it is; 0 = no agent's */
export function setField(
  turn: Turn,
  by: { callId: number; sessionId: number; agentId: number },
  wanted: { label: string; data: string },
  recorded = false,
): RefusalReason | null {
  const { label, data } = wanted;
  if (label === '' || label.length > dataBounds.ivrLabel) return 'invalidLabel';
  if (data.length > dataBounds.ivrData) return 'dataTooLong';
  const call = callOf(turn.state, by.callId);
  const index = indexOfLabel(call, label);
  if (index >= dataBounds.ivrFields) return 'tooManyFields';
  const before = call.ivrData[index]?.length ?? 0;
  const total = call.ivrData.reduce((sum, each) => sum + each.length, data.length - before);
  if (total > dataBounds.ivrTotal) return 'dataTooLong';
  emit(turn, {
    type: 'ivrDataSet',
    ...by,
    index,
    label: call.ivrLabels[index] || label,
    data,
    recorded,
  });
  return null;
}

/** An existing label exactly, then whatever its case; then IVR1 to IVR3, which are the first three fields; then a new one. */
function indexOfLabel(call: Call, label: string): number {
  const exact = call.ivrLabels.indexOf(label);
  if (exact !== -1) return exact;
  const folded = label.toLowerCase();
  const alike = call.ivrLabels.findIndex(each => each.toLowerCase() === folded);
  if (alike !== -1) return alike;
  const slot = /^ivr([123])$/.exec(folded)?.[1];
  return slot === undefined ? call.ivrLabels.length : Number(slot) - 1;
}
