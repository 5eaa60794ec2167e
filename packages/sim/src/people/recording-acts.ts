import { MediaType } from '@cordboard/contract';
import { ask } from './act.ts';

/** Recording, listening to others, and what a call was about. */

export const startRecording = ask(({ random }) => ({
  method: 'startRecording',
  arguments: { agentId: 0, allCalls: random.chance(0.3) },
}));
export const stopRecording = ask(() => ({ method: 'stopRecording', arguments: { agentId: 0 } }));
export const startMonitor = ask(({ habits, random }) => ({
  method: 'startMonitor',
  arguments: { agentLogonId: random.pick(habits.logonIds), continuous: random.chance(0.5) },
}));
export const stopMonitor = ask(() => ({ method: 'stopMonitor', arguments: {} }));
export const setMonitorMode = ask(({ random }) => ({
  method: 'setMonitorMode',
  arguments: { mode: random.pick(['silent', 'whisper', 'barge'] as const) },
}));
export const enterCqCodes = ask(({ call, habits, random }) => ({
  method: 'enterCQCodes',
  arguments: {
    callId: call.ID,
    mediaType: random.chance(0.9) ? MediaType.Voice : MediaType.Chat,
    codes: habits.cqCodes
      .filter(() => random.chance(0.5))
      .map(({ id, code, name }) => ({ ID: id, Code: code, Name: name })),
  },
}));
export const readCqCodes = ask(({ call }) => ({
  method: 'getCallCQCodes',
  arguments: { callId: call.ID, mediaType: MediaType.Voice },
}));
