import { ask } from './act.ts';

/** What an agent does with more than one call, or to get rid of one. */

export const transfer = ask(({ call }) => ({ method: 'transferCall', arguments: { callId: call.ID } }));
export const conference = ask(() => ({ method: 'conferenceActiveCall', arguments: {} }));
export const deflect = ask(({ call, habits, random }) => ({
  method: 'deflectCall',
  arguments: { callId: call.ID, destination: random.pick(habits.numbers) },
}));
export const deflectActive = ask(({ habits, random }) => ({
  method: 'deflectActiveCall',
  arguments: { destination: random.pick(habits.numbers) },
}));
export const deflectToGroup = ask(({ call, habits, random }) => ({
  method: 'deflectCallToServiceGroup',
  arguments: { callId: call.ID, serviceGroupId: random.pick(habits.serviceGroups) },
}));
export const authenticate = ask(({ call, habits }) => ({
  method: 'deflectCall',
  arguments: { callId: call.ID, destination: habits.authenticationNumber },
}));
export const clearAuthenticating = ask(({ call }) => ({
  method: 'clearAuthenticatingCall',
  arguments: { callId: call.ID },
}));
export const clearCurrentAuthenticating = ask(() => ({
  method: 'clearCurrentAuthenticatingCall',
  arguments: {},
}));
export const intrude = ask(({ call }) => ({ method: 'intrudeCall', arguments: { callId: call.ID } }));
export const park = ask(({ call }) => ({ method: 'parkCall', arguments: { callId: call.ID } }));
