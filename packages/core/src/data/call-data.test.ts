import { expect, test } from 'vitest';
import { createDriver, type Driver } from '../testing/driver.ts';
import { utf8Length } from './call-data.ts';

const talking = (): { site: Driver; id: number } => {
  const site = createDriver();
  return { site, id: site.talk(1).id };
};
const set = (site: Driver, callId: number, label: string, data: string) =>
  site.request(1, { method: 'setIVRData', arguments: { callId, label, data } });
const fields = (site: Driver, id: number) => {
  const { IVRLabels, IVRData } = site.call(1, id);
  return IVRLabels.map((label, index) => `${label}=${IVRData[index]}`);
};

test('CAL-90 private data is told with the call from then on, and replaced as a whole', () => {
  const { site, id } = talking();
  const put = (data: string) =>
    site.request(1, { method: 'setPrivateData', arguments: { callId: id, data } });
  expect(put('one').ok).toBe(true);
  expect(site.call(1, id).PrivateData).toBe('one');
  put('two');
  expect(site.call(1, id).PrivateData).toBe('two');
});

test('CAL-91 private data has at most 4,096 bytes of UTF-8', () => {
  const { site, id } = talking();
  const put = (data: string) =>
    site.request(1, { method: 'setPrivateData', arguments: { callId: id, data } });
  expect(put('é'.repeat(2048)).ok).toBe(true);
  expect(put(`${'é'.repeat(2048)}.`)).toEqual({ ok: false, refusal: { reason: 'dataTooLong' } });
});

test.each(['', 'a', 'é', '€', '😀', 'a😀é€'])('the length of %j in UTF-8', text => {
  expect(utf8Length(text)).toBe(new TextEncoder().encode(text).length);
});

test('CAL-92 a new label is a new field, an existing one is changed, and both arrays have one length', () => {
  const { site, id } = talking();
  set(site, id, 'Account', '1');
  set(site, id, 'Language', 'fr');
  set(site, id, 'Account', '2');
  expect(fields(site, id)).toEqual(['Account=2', 'Language=fr']);
  expect(site.call(1, id).CallInfo).toMatchObject({
    IVRData: ['2', 'fr'],
    IVRDataString: '2,fr',
    IVRLabelString: 'Account,Language',
  });
});

test('CAL-93 a label is matched exactly first and then whatever its case', () => {
  const { site, id } = talking();
  set(site, id, 'account', '1');
  set(site, id, 'ACCOUNT', '2');
  expect(fields(site, id)).toEqual(['account=2']);
});

test('CAL-94 IVR1 to IVR3 are the first three fields, those before are made', () => {
  const { site, id } = talking();
  set(site, id, 'IVR3', 'c');
  expect(fields(site, id)).toEqual(['=', '=', 'IVR3=c']);
  set(site, id, 'ivr1', 'a');
  expect(fields(site, id)).toEqual(['ivr1=a', '=', 'IVR3=c']);
});

test('CAL-94 they change the field that is there, under its own label', () => {
  const { site, id } = talking();
  set(site, id, 'Account', '1');
  set(site, id, 'IVR1', '2');
  expect(fields(site, id)).toEqual(['Account=2']);
});

test('CAL-95 fields are bounded in number, label and length, and all together', () => {
  const { site, id } = talking();
  for (let field = 1; field <= 100; field += 1) expect(set(site, id, `Field ${field}`, 'x').ok).toBe(true);
  expect(set(site, id, 'one more', 'x')).toEqual({ ok: false, refusal: { reason: 'tooManyFields' } });
  expect(set(site, id, '', 'x')).toEqual({ ok: false, refusal: { reason: 'invalidLabel' } });
  expect(set(site, id, 'l'.repeat(257), 'x')).toEqual({ ok: false, refusal: { reason: 'invalidLabel' } });
  expect(set(site, id, 'Field 1', 'x'.repeat(16_385))).toEqual({
    ok: false,
    refusal: { reason: 'dataTooLong' },
  });
  const filled = Array.from({ length: 20 }, (_, index) =>
    set(site, id, `Field ${index + 1}`, 'x'.repeat(16_384)),
  );
  expect(filled.filter(each => !each.ok)).toHaveLength(5);
});

test('CAL-96 SetName changes the name that this agent sees', () => {
  const { site, id } = talking();
  const name = (text: string) =>
    site.request(1, { method: 'setName', arguments: { callId: id, name: text } });
  expect(name('Mrs Smith').ok).toBe(true);
  expect(site.call(1, id).CallerName).toBe('Mrs Smith');
  expect(name('x'.repeat(257))).toEqual({ ok: false, refusal: { reason: 'dataTooLong' } });
});

test('CAL-97 data goes with the call to the next agent; the name does not', () => {
  const site = createDriver();
  const { id } = site.talk(1);
  set(site, id, 'Account', '1');
  site.request(1, { method: 'setPrivateData', arguments: { callId: id, data: 'mine' } });
  site.request(1, { method: 'setName', arguments: { callId: id, name: 'Mrs Smith' } });
  site.send({ type: 'clientLost', agentId: 1, client: 'client-1' });
  site.pass(60_000);
  site.logOn(2);
  site.ready(2);
  expect(site.calls(2).at(-1)).toMatchObject({
    PrivateData: 'mine',
    IVRData: ['1'],
    IVRLabels: ['Account'],
    CallerName: 'Customer',
  });
});

test("CAL-98 an agent cannot reach another agent's call", () => {
  const { site, id } = talking();
  site.logOn(2);
  for (const request of [
    { method: 'setPrivateData', arguments: { callId: id, data: '' } },
    { method: 'setIVRData', arguments: { callId: id, label: 'a', data: '' } },
    { method: 'setName', arguments: { callId: id, name: '' } },
    { method: 'hangupCall', arguments: { callId: id } },
    { method: 'retrieveCall', arguments: { callId: id } },
  ] as const) {
    expect(site.request(2, request)).toEqual({ ok: false, refusal: { reason: 'unknownCall' } });
  }
});
