import { methods, type PageRights } from '@cordboard/contract';
import { expect, test } from 'vitest';
import { exampleCall } from '../testing/index.ts';
import { mayCall, mayHear, withholder } from './page-rights.ts';

const rights = (changes: Partial<PageRights> = {}): PageRights => ({
  origin: 'https://crm.example',
  methods: [],
  events: [],
  withoutFields: [],
  requestsPerSecond: 10,
  ...changes,
});

test('TAB-40 a page may ask for what its origin is given, and for nothing else', () => {
  expect(mayCall(rights(), 'getCalls')).toBe(false);
  expect(mayCall(rights({ methods: ['getCalls'] }), 'getCalls')).toBe(true);
  expect(mayCall(rights({ methods: ['getCalls'] }), 'answerCall')).toBe(false);
  expect([
    mayHear(rights(), 'OnCallEvent'),
    mayHear(rights({ events: ['OnCallEvent'] }), 'OnCallEvent'),
  ]).toEqual([false, true]);
});

test('TAB-40 "all" is what the document marks JS: not what is for programs, and not what goes beyond the document', () => {
  const all = rights({ methods: ['all'], events: ['all'] });
  for (const name of [
    'closeApplication',
    'launchBSA',
    'subscribeRealTimeInformation',
    'initialize',
    'parkCall',
    'logOn',
  ])
    expect(mayCall(all, name), name).toBe(false);
  const allowed = methods.filter(each =>
    mayCall(all, each.name.slice(0, 1).toLowerCase() + each.name.slice(1)),
  );
  expect(allowed).toHaveLength(79);
  expect(mayHear(all, 'OnCallEvent')).toBe(true);
});

test('TAB-41 what a page may not see reaches it empty, wherever it stands; the rest is as it was', () => {
  const withhold = withholder(rights({ withoutFields: ['PhoneNumber', 'PrivateData', 'CallingNumber'] }));
  const call = withhold(exampleCall({ PrivateData: 'secret' }));
  expect(call).toMatchObject({ PhoneNumber: '', PrivateData: '', CallerName: 'Bertil', ID: 1 });
  expect(call.CallInfo).toMatchObject({ CallingNumber: '', GroupName: 'Sales' });
  expect(JSON.stringify(withhold([[call]]))).not.toContain('812345');
});

test('TAB-41 the data of an IVR field is left out by its label, and the texts that join all data with it', () => {
  const withhold = withholder(rights({ withoutFields: ['IVR:Pin'] }));
  const item = withhold({
    IVRLabels: ['Pin', 'Order'],
    IVRData: ['1234', '42'],
    IVRDataString: '1234,42',
    IVRLabelString: 'Pin,Order',
  });
  expect(item).toEqual({
    IVRLabels: ['Pin', 'Order'],
    IVRData: ['', '42'],
    IVRDataString: '',
    IVRLabelString: 'Pin,Order',
  });
  const other = { IVRLabels: ['Order'], IVRData: ['42'], IVRDataString: '42' };
  expect(withhold(other)).toEqual(other);
});

test('TAB-41 values keep their types', () => {
  const withhold = withholder(rights({ withoutFields: ['a', 'b', 'c', 'd', 'e'] }));
  expect(withhold({ a: 'x', b: 1, c: true, d: [1], e: null, f: 'f' })).toEqual({
    ...{ a: '', b: 0, c: false, d: [], e: null, f: 'f' },
  });
});
