import { type AgentSnapshot, type ICall, SessionState } from '@cordboard/contract';
import { expect, test } from 'vitest';
import { createFindings } from './findings.ts';
import { createStreamCheck } from './stream-check.ts';

const information = {
  CallingNumber: '',
  GroupName: '',
  QueueDuration: 0,
  IVRData: [],
  IVRLabels: [],
  IVRDataString: '',
  IVRLabelString: '',
};

const call = (ID: number, State: ICall['State'], rest: Partial<ICall> = {}): ICall => ({
  CallerName: '',
  CallInfo: information,
  IsCampaignCall: false,
  CampaignCallInfo: {
    DialedNumber: '',
    CampaignID: 0,
    CampaignName: '',
    CustomerID: 0,
    CustomerName: '',
    Comment: '',
    CallStatus: 0,
    Fields: [],
  },
  CanAnswer: false,
  CanDeflect: false,
  CanHangup: false,
  CanHold: false,
  CanRetrieve: false,
  CanReject: false,
  ConsultingCallInfo: information,
  ID,
  Incoming: true,
  PhoneNumber: '',
  RecordingState: 0,
  StartTime: '2026-01-05T08:00:00.000Z',
  ConnectedTime: null,
  EndTime: null,
  State,
  StateDescription: '',
  PrivateData: '',
  CalledNumber: '',
  Type: 1,
  IVRData: [],
  IVRLabels: [],
  ...rest,
});

const connected = { ConnectedTime: '2026-01-05T08:00:05.000Z' };
const ended = { ...connected, EndTime: '2026-01-05T08:01:00.000Z' };
const service = { CallInfo: { ...information, GroupName: 'Sales' } };
const S = SessionState;

/** What is found in a stream of these calls. */
const found = (calls: ICall[], seqs = calls.map((_, index) => index + 1)): string | undefined => {
  const findings = createFindings(() => 0, 'test');
  const check = createStreamCheck('agent 1', findings);
  check.snapshot(0, { calls: [] } as unknown as AgentSnapshot);
  for (const [index, each] of calls.entries()) {
    check.item(seqs[index] ?? 0, { event: 'OnCallEvent', values: [each] });
  }
  return findings.first?.slice(0, 6);
};

test('a call that rings, is answered, held, retrieved and ends passes', () => {
  expect(
    found([
      call(1, S.Offered, { ...service, CanReject: true, CanAnswer: true }),
      call(1, S.Connected, { ...service, ...connected, CanHold: true, CanHangup: true }),
      call(1, S.Held, { ...service, ...connected }),
      call(1, S.Connected, { ...service, ...connected }),
      call(1, S.Clearing, { ...service, ...ended }),
      call(1, S.Clerical, { ...service, ...ended }),
      call(1, S.Idle, { ...service, ...ended }),
    ]),
  ).toBeUndefined();
});

const broken: { title: string; rule: string; calls: ICall[]; seqs?: number[] }[] = [
  { title: 'an item is missing', rule: 'SYS-01', calls: [call(1, S.Offered)], seqs: [2] },
  {
    title: 'an item comes twice',
    rule: 'SYS-01',
    calls: [call(1, S.Offered), call(1, S.Offered)],
    seqs: [1, 1],
  },
  { title: 'a call begins in clerical', rule: 'SYS-02', calls: [call(1, S.Clerical, ended)] },
  {
    title: 'a call that rang is held',
    rule: 'SYS-02',
    calls: [call(1, S.Offered), call(1, S.Held)],
  },
  {
    title: 'a call ends twice',
    rule: 'SYS-03',
    calls: [call(1, S.Offered), call(1, S.Idle, ended), call(1, S.Idle, ended)],
  },
  { title: 'a ringing call can be held', rule: 'SYS-04', calls: [call(1, S.Offered, { CanHold: true })] },
  {
    title: 'a private call can be rejected',
    rule: 'SYS-04',
    calls: [call(1, S.Offered, { CanReject: true })],
  },
  {
    title: 'the connected time changes',
    rule: 'SYS-05',
    calls: [
      call(1, S.Offered),
      call(1, S.Connected, connected),
      call(1, S.Connected, { ConnectedTime: '2026-01-05T08:00:09.000Z' }),
    ],
  },
  { title: 'a call ends without a time', rule: 'SYS-05', calls: [call(1, S.Offered), call(1, S.Idle)] },
  {
    title: 'two calls have speech',
    rule: 'SYS-06',
    calls: [1, 2].flatMap(id => [call(id, S.Offered), call(id, S.Connected, connected)]),
  },
  {
    title: 'two service calls ring',
    rule: 'SYS-07',
    calls: [call(1, S.Offered, service), call(2, S.Offered, service)],
  },
];
for (const { title, rule, calls, seqs } of broken) {
  test(`it is seen that ${title}`, () => {
    expect(found(calls, seqs)).toBe(rule);
  });
}
