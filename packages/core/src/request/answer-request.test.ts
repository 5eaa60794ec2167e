import { allMethods } from '@cordboard/contract';
import { expect, test } from 'vitest';
import { rememberedAnswers } from '../agent/evolve-agent.ts';
import { createDriver } from '../testing/driver.ts';
import { handlers, implementedSiteMethods } from './handlers.ts';

test('AGT-30 a request that comes again is answered as the first time and changes nothing', () => {
  const site = createDriver();
  site.logOn(1);
  const make = () => site.request(1, { method: 'makeCall', arguments: { number: '77' } }, 'one');
  expect(make()).toEqual({ ok: true, value: true });
  const events = site.steps.length;
  expect(make()).toEqual({ ok: true, value: true });
  expect(site.steps).toHaveLength(events);
});

test('AGT-30 a refusal too is remembered', () => {
  const site = createDriver();
  site.logOn(1);
  const hold = () => site.request(1, { method: 'holdActiveCall', arguments: {} }, 'one');
  expect(hold().ok).toBe(false);
  site.talk(1);
  expect(hold().ok).toBe(false);
});

test('AGT-31 so many requests of an agent are remembered, and no more', () => {
  const site = createDriver();
  site.logOn(1);
  for (let count = 0; count < 2 * rememberedAnswers; count += 1) {
    site.request(1, { method: 'setChatReadyStatus', arguments: { status: count % 2 === 0 } });
  }
  expect(site.state.agents.get(1)?.answers.size).toBe(rememberedAnswers);
});

test('AGT-32 requests of somebody who is not logged on, or is no user, are refused', () => {
  const site = createDriver();
  for (const agentId of [1, 99]) {
    expect(site.request(agentId, { method: 'holdActiveCall', arguments: {} })).toEqual({
      ok: false,
      refusal: { reason: 'notLoggedOn' },
    });
  }
  expect(site.state.agents.has(99)).toBe(false);
});

test('AGT-33 what this release does not have is refused as not available', () => {
  const site = createDriver();
  site.talk(1);
  const status = { method: 'setCampaignCallStatus', arguments: { callId: 1, status: 16 } } as const;
  expect(site.request(1, status)).toEqual({
    ok: false,
    refusal: { reason: 'notAvailable' },
  });
});

test('AGT-34 every method that the site answers has an entry, and the list of implemented ones follows from it', () => {
  const names = allMethods.flatMap(each =>
    each.answeredBy === 'site' ? [each.name.slice(0, 1).toLowerCase() + each.name.slice(1)] : [],
  );
  expect(Object.keys(handlers).sort()).toEqual(names.sort());
  expect(implementedSiteMethods).toContain('answerCall');
  expect(implementedSiteMethods).not.toContain('setCampaignCallStatus');
});

test('AGT-35 a user who was removed has no privileges any more', () => {
  const site = createDriver();
  site.talk(2);
  site.send({
    type: 'configure',
    configuration: { ...site.state.configuration, users: [] },
  });
  expect(site.request(2, { method: 'makeCall', arguments: { number: '77' } })).toMatchObject({
    refusal: { reason: 'missingPrivilege' },
  });
});
