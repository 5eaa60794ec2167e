import { MediaType, SessionState } from '@cordboard/contract';
import { expect, test } from 'vitest';
import { callDetails } from '../record/call-detail.ts';
import { agentSnapshot } from '../stream/agent-snapshot.ts';
import { createDriver, type Driver } from '../testing/driver.ts';

const code = (id: number) => ({ ID: id, Code: `C${id}`, Name: `Code ${id}` });

const createSite = () =>
  createDriver({
    groups: 2,
    group: id => ({ cqCodes: id === 1 ? [1, 2, 3] : [4] }),
    change: { cqCodes: [1, 2, 3, 4].map(id => ({ id, code: `C${id}`, name: `Code ${id}` })) },
  });

const talking = (): { site: Driver; id: number; caller: string } => {
  const site = createSite();
  return { site, ...site.talk(1) };
};
const enter = (site: Driver, callId: number, ids: number[], mediaType: MediaType = MediaType.Voice) =>
  site.request(1, { method: 'enterCQCodes', arguments: { callId, mediaType, codes: ids.map(code) } });
const read = (site: Driver, callId: number, mediaType: MediaType = MediaType.Voice) =>
  site.request(1, { method: 'getCallCQCodes', arguments: { callId, mediaType } });
const refused = (reason: string) => ({ ok: false, refusal: { reason } });

test('CQC-01 entering codes replaces all that the session had, each once; an empty list clears them', () => {
  const { site, id } = talking();
  expect(read(site, id)).toEqual({ ok: true, value: [] });
  expect(enter(site, id, [1, 2, 1]).ok).toBe(true);
  expect(read(site, id)).toEqual({ ok: true, value: [code(1), code(2)] });
  enter(site, id, [3]);
  expect(read(site, id)).toEqual({ ok: true, value: [code(3)] });
  enter(site, id, []);
  expect(read(site, id)).toEqual({ ok: true, value: [] });
});

test('CQC-02 a code that is not of the session’s service group is refused, and nothing changes', () => {
  const { site, id } = talking();
  enter(site, id, [1]);
  for (const ids of [[4], [2, 4], [99]]) expect(enter(site, id, ids)).toEqual(refused('unknownCQCode'));
  expect(read(site, id)).toEqual({ ok: true, value: [code(1)] });
});

test('CQC-03 codes are entered while the session lives and in clerical state, not while it rings', () => {
  const site = createSite();
  site.logOn(1);
  site.ready(1);
  const caller = site.arrive(1);
  const id = site.calls(1).at(-1)?.ID ?? 0;
  expect(enter(site, id, [1])).toEqual(refused('notConnected'));
  site.answered(site.lastLeg());
  expect(enter(site, id, [1]).ok).toBe(true);
  site.request(1, { method: 'holdActiveCall', arguments: {} });
  expect(enter(site, id, [2]).ok).toBe(true);
  site.cleared(caller);
  expect(site.call(1, id).State).toBe(SessionState.Clerical);
  expect(enter(site, id, [1, 3]).ok).toBe(true);
  expect(read(site, id)).toEqual({ ok: true, value: [code(1), code(3)] });
  site.request(1, { method: 'cancelClerical', arguments: { callId: id } });
  expect(enter(site, id, [1])).toEqual(refused('unknownCall'));
});

test('CQC-04 another medium, a call of no service group, and a session of another agent are refused', () => {
  const { site, id } = talking();
  expect(enter(site, id, [1], MediaType.Chat)).toEqual(refused('wrongMedia'));
  expect(read(site, id, MediaType.Email)).toEqual(refused('wrongMedia'));
  expect(read(site, 4711)).toEqual(refused('unknownCall'));
  site.logOn(2);
  const request = { method: 'getCallCQCodes', arguments: { callId: id, mediaType: 2 } } as const;
  expect(site.request(2, request)).toEqual(refused('unknownCall'));
  site.request(1, { method: 'makeCall', arguments: { number: '0771' } });
  const made = site.calls(1).at(-1)?.ID ?? 0;
  expect(enter(site, made, [])).toEqual(refused('notServiceCall'));
});

test('CQC-05 the codes stand in the call detail record, each time they are entered', () => {
  const { site, id } = talking();
  enter(site, id, [1, 2]);
  enter(site, id, []);
  const rows = site.steps.flatMap(callDetails).filter(each => each.type === 'cqCodes');
  expect(rows).toMatchObject([
    { sessionId: id, agentId: 1, groupId: 1, detail: 'C1,C2', data: 'Code 1, Code 2' },
    { sessionId: id, detail: '', data: '' },
  ]);
});

test('CQC-06 the codes of the service groups of his tenant are in an agent’s snapshot', () => {
  const { site } = talking();
  expect(agentSnapshot(site.state, 1)?.serviceGroups.map(each => each.cqCodes)).toEqual([
    [code(1), code(2), code(3)],
    [code(4)],
  ]);
});

test('codes stay with the session over a restart, under the names that they had', () => {
  const { site, id } = talking();
  enter(site, id, [2]);
  const again = site.fork();
  again.send({ type: 'configure', configuration: { ...again.state.configuration, cqCodes: [] } });
  expect(read(again, id)).toEqual({ ok: true, value: [code(2)] });
});
