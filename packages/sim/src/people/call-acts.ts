import { ask, type Seen } from './act.ts';

/** What an agent does with the calls that he has, and with himself. */

export const answer = ask(({ call }) => ({ method: 'answerCall', arguments: { callId: call.ID } }));
export const answerActive = ask(() => ({ method: 'answerActiveCall', arguments: {} }));
export const reject = ask(({ call }) => ({ method: 'rejectServiceCall', arguments: { callId: call.ID } }));
export const hangUp = ask(({ call }) => ({ method: 'hangupCall', arguments: { callId: call.ID } }));
export const hangUpActive = ask(() => ({ method: 'hangupActiveCall', arguments: {} }));
export const hold = ask(() => ({ method: 'holdActiveCall', arguments: {} }));
export const retrieve = ask(({ call }) => ({ method: 'retrieveCall', arguments: { callId: call.ID } }));
export const retrieveActive = ask(() => ({ method: 'retrieveActiveCall', arguments: {} }));
export const digits = ask(({ random }) => ({
  method: 'enterDtmfActiveCall',
  arguments: { digits: random.pick(['1', '12#', '*9,0', 'A', '1x']) },
}));
export const privateData = ask(({ call, random }) => ({
  method: 'setPrivateData',
  arguments: { callId: call.ID, data: `note ${random.whole(1, 99)}` },
}));
const ivrField = ({ call, random }: Seen) => ({
  callId: call.ID,
  label: random.pick(['IVR1', 'IVR2', 'IVR3', 'Account', 'account', '']),
  data: `${random.whole(1, 99)}`,
});
export const ivrData = ask(seen => ({ method: 'setIVRData', arguments: ivrField(seen) }));
export const ivrDataWithCdr = ask(seen => ({ method: 'setIVRDataWithCDR', arguments: ivrField(seen) }));
export const rename = ask(({ call }) => ({
  method: 'setName',
  arguments: { callId: call.ID, name: 'Somebody' },
}));
export const makeCall = ask(({ habits, random }) => ({
  method: 'makeCall',
  arguments: {
    number: random.pick(habits.numbers),
    name: random.chance(0.3) ? 'Known' : null,
    useNumberTranslation: random.chance(0.5),
  },
}));
export const cancelClerical = ask(({ call }) => ({
  method: 'cancelClerical',
  arguments: { callId: call.ID },
}));
export const extendClerical = ask(({ call }) => ({
  method: 'extendClerical',
  arguments: { callId: call.ID },
}));
export const ready = ask(() => ({ method: 'setReadyStatus', arguments: { status: true } }));
export const notReady = ask(({ habits, random }) => {
  const reason = random.pick(habits.reasons);
  const rest = random.pick([
    {},
    { reasonId: reason.id },
    { reasonName: reason.name.toUpperCase() },
    { reasonId: 4711 },
    { reasonId: reason.id, reasonName: 'ignored' },
  ]);
  return { method: 'setReadyStatus', arguments: { status: false, ...rest } };
});
export const otherMedia = ask(({ random }) => ({
  method: random.pick(['setEmailReadyStatus', 'setOpenMediaReadyStatus', 'setChatReadyStatus'] as const),
  arguments: { status: random.chance(0.5) },
}));
export const unknownCall = ask(({ random }) => ({
  method: random.pick([
    'answerCall',
    'hangupCall',
    'retrieveCall',
    'cancelClerical',
    'rejectServiceCall',
  ] as const),
  arguments: { callId: random.whole(-1, 1_000_000) },
}));
