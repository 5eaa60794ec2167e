import { SessionState } from '@cordboard/contract';
import { expect, test } from 'vitest';
import { createDispatchSite, type DispatchSite } from '../testing/dispatch-site.ts';

const accepted = { ok: true, value: true };
const refused = (reason: string) => ({ ok: false, refusal: { reason } });
const owner = 1;

const dial = (site: DispatchSite, calledNumber = '1001', extension = '') => {
  const leg = `direct-${site.driver.steps.length}`;
  site.driver.dials(calledNumber, { leg, extension, callerNumber: '0555', callerName: 'Friend' });
  return leg;
};

const personalSite = (owned: object = {}) =>
  createDispatchSite({
    agent: id => (id === owner ? { personalQueue: 1, ...owned } : {}),
    group: () => ({ personalSeconds: 30 }),
  });

/** The owner talks to somebody; another caller dials him. */
const withPersonal = () => {
  const site = personalSite();
  site.picks(2);
  site.driver.talk(owner);
  site.picks(owner);
  site.driver.answered(dial(site));
  const leg = dial(site);
  site.driver.answered(site.driver.lastLeg());
  const [item = 0] = site.waiting();
  return { site, leg, item };
};

test('DSP-40 a call to an agent who cannot take it waits for him, and hears the music of the group', () => {
  const site = personalSite();
  site.picks(2);
  site.picks(owner);
  site.driver.report({ type: 'unregistered', extension: '1001' });
  const leg = dial(site);
  expect(site.driver.state.legs.get(leg)).toMatchObject({ progress: 'up', media: { type: 'play' } });
  for (const agentId of [owner, 2]) {
    expect(site.news(agentId)).toMatchObject([
      {
        kind: 'Personal',
        update: 'add',
        item: {
          Number: '0555',
          PreferredAgentID: owner,
          PreferredAgentName: 'Agent 1',
          ServiceGroupID: 1,
          GeneralCall: false,
          ReservedAgentID: 0,
        },
      },
    ]);
  }
});

test('DSP-41 busy, not answering and, where he wants it, Not Ready are reasons; without a queue callers hear why', () => {
  const busy = withPersonal();
  expect(busy.item).not.toBe(0);
  const silent = personalSite();
  silent.picks(owner);
  dial(silent);
  silent.driver.cleared(silent.driver.lastLeg(), 'noAnswer');
  expect(silent.waiting()).toHaveLength(1);
  const away = personalSite({ personalWhenNotReady: true });
  away.driver.logOn(owner);
  dial(away);
  expect(away.waiting()).toHaveLength(1);
  const none = createDispatchSite();
  none.driver.logOn(owner);
  const leg = dial(none);
  none.driver.cleared(none.driver.lastLeg(), 'noAnswer');
  expect(none.driver.state.legs.has(leg)).toBe(false);
});

test('DSP-42 until the time-out only its owner may have it; then all are told, and anybody may', () => {
  const site = personalSite({ personalWhenNotReady: true });
  site.picks(2);
  site.driver.logOn(owner);
  dial(site);
  const [item = 0] = site.waiting();
  site.news(2);
  expect(site.retrieve(2, 'Personal', item)).toEqual(refused('reservedByAnother'));
  expect(site.reserve(2, 'Personal', item)).toEqual(refused('reservedByAnother'));
  site.driver.pass(31_000);
  expect(site.news(2)).toMatchObject([{ update: 'update', id: item, item: { GeneralCall: true } }]);
  expect(site.retrieve(2, 'Personal', item)).toEqual(accepted);
  site.driver.answered(site.driver.lastLeg());
  expect(site.driver.call(2, item)).toMatchObject({
    State: SessionState.Connected,
    PhoneNumber: '0555',
    CallerName: 'Friend',
  });
});

test('DSP-43 when its owner logs off it is anybody’s at once', () => {
  const site = personalSite({ personalWhenNotReady: true });
  site.picks(2);
  site.driver.logOn(owner);
  dial(site);
  site.news(2);
  site.driver.send({ type: 'logOff', agentId: owner });
  expect(site.news(2)).toMatchObject([{ update: 'update', item: { GeneralCall: true } }]);
});

test('DSP-44 its owner retrieves it; not answered, it waits again for him alone as long as it would have', () => {
  const site = personalSite({ personalWhenNotReady: true });
  site.picks(owner);
  dial(site);
  const [item = 0] = site.waiting();
  site.driver.pass(10_000);
  expect(site.retrieve(owner, 'Personal', item)).toEqual(accepted);
  site.driver.cleared(site.driver.lastLeg(), 'noAnswer');
  const [back] = site.driver.state.dispatch.items.values();
  expect(back).toMatchObject({ kind: 'personal', general: false, ownerId: owner });
  site.driver.pass(20_000);
  expect(back).toMatchObject({ general: true });
});

test('DSP-45 a caller from inside is connected to the queue, and nobody waits for himself', () => {
  const site = personalSite({ personalWhenNotReady: true });
  site.driver.logOn(owner);
  site.driver.logOn(2);
  dial(site, '1001', '1002');
  expect(site.driver.calls(2).at(-1)?.State).toBe(SessionState.Connected);
  expect(site.waiting()).toHaveLength(1);
  dial(site, '1001', '1001');
  expect(site.waiting()).toHaveLength(1);
});

test('DSP-46 a personal call whose caller hangs up is gone', () => {
  const site = personalSite({ personalWhenNotReady: true });
  site.picks(owner);
  const leg = dial(site);
  site.news(owner);
  site.driver.cleared(leg);
  expect(site.news(owner)).toMatchObject([{ kind: 'Personal', update: 'delete' }]);
  expect(site.driver.state.calls.size).toBe(0);
});

test('DSP-47 it is a call to a person, and none of the group whose music it hears: no wrap-up, whoever takes it, and no rejecting', () => {
  const { site, item } = withPersonal();
  site.driver.pass(30_000);
  expect(site.retrieve(2, 'Personal', item)).toEqual(accepted);
  expect(site.driver.call(2, item)).toMatchObject({ CanReject: false, CallInfo: { GroupName: '' } });
  site.driver.answered(site.driver.lastLeg());
  site.driver.request(2, { method: 'hangupActiveCall', arguments: {} });
  expect(site.driver.states(2, item)).toEqual([3, 6, 11, 1]);
});
