import { expect, test } from 'vitest';
import { agentSnapshot } from '../stream/agent-snapshot.ts';
import { testConfiguration } from '../testing/configuration.ts';
import { createDriver } from '../testing/driver.ts';

test('RTE-30 a new configuration leaves calls alone, and a removed agent leaves with the end of his', () => {
  const site = createDriver();
  const { id, caller } = site.talk(2);
  site.send({ type: 'configure', configuration: testConfiguration({ agents: 1 }) });
  expect(site.call(2, id).State).toBe(6);
  site.cleared(caller);
  expect(site.user(2).LoggedOn).toBe(0);
});

test('RTE-31 who waits for a group that is removed is cleared', () => {
  const site = createDriver({ groups: 2 });
  const caller = site.arrive(2);
  site.arrive(1);
  site.send({ type: 'configure', configuration: testConfiguration({ groups: 1 }) });
  expect(site.commands.at(-1)).toEqual({ type: 'clear', leg: caller, cause: 'unreachable' });
  expect(site.state.calls.size).toBe(1);
});

test('RTE-32 an offered call of a removed group can be answered; returned, it is cleared', () => {
  const site = createDriver({ groups: 2 });
  site.logOn(1);
  site.ready(1);
  const caller = site.arrive(2);
  site.send({ type: 'configure', configuration: testConfiguration({ groups: 1 }) });
  const id = site.calls(1).at(-1)?.ID ?? 0;
  expect(site.call(1, id)).toMatchObject({ State: 3, CallInfo: { GroupName: 'Group 2' } });
  site.request(1, { method: 'rejectServiceCall', arguments: { callId: id } });
  expect(site.commands.at(-1)).toEqual({ type: 'clear', leg: caller, cause: 'unreachable' });
  expect(site.state.calls.size).toBe(0);
});

test('RTE-33 who may serve what changes at once', () => {
  const site = createDriver({ agent: () => ({ agentGroups: [2] }) });
  site.logOn(1);
  site.ready(1);
  site.arrive(1);
  expect(site.calls(1)).toEqual([]);
  site.send({ type: 'configure', configuration: testConfiguration() });
  expect(site.calls(1)).toHaveLength(1);
});

test('RTE-34 a renamed user is told', () => {
  const site = createDriver();
  site.logOn(1);
  site.send({
    type: 'configure',
    configuration: testConfiguration({ agent: () => ({ name: 'New Name' }) }),
  });
  const { item } = site.published.at(-1) ?? {};
  expect(item).toMatchObject({ event: 'OnUserStatusUpdate', values: [{ UserName: 'New Name' }] });
});

test('RTE-34 a configuration that is as before tells nobody anything, as at every start of a server', () => {
  const site = createDriver();
  site.logOn(1);
  expect(site.send({ type: 'configure', configuration: testConfiguration() }).published).toEqual([]);
});

test('RTE-99 an agent is given the names of the templates of his tenant, each by its kind', () => {
  const site = createDriver();
  const named = (id: number, kind: 'email' | 'sms' | 'attendantEmail', tenantId = 1) => ({
    ...{ id, kind, tenantId, name: `Template ${id}` },
  });
  const templates = [named(1, 'email'), named(2, 'sms'), named(3, 'attendantEmail'), named(4, 'email', 2)];
  site.send({ type: 'configure', configuration: { ...testConfiguration(), templates } });
  site.logOn(1);
  const { emailTemplates, attendantEmailTemplates } = agentSnapshot(site.state, 1) ?? {};
  expect(emailTemplates).toEqual([{ ID: 1, Name: 'Template 1' }]);
  expect(attendantEmailTemplates).toEqual([{ ID: 3, Name: 'Template 3' }]);
});

const windowOf = (url: string) => ({
  defaultTab: { name: 'Start', url, placement: 'main' as const },
  personal: [{ userId: 1, name: 'Mine', url: 'https://mine.example', placement: 'docked' as const }],
  groups: [{ agentGroup: 1, name: 'Team', url: 'https://team.example', placement: 'main' as const }],
  actions: [
    {
      on: 'ringing' as const,
      serviceGroup: 1,
      name: 'Customer',
      url: 'https://crm.example/{CallID}',
      placement: 'main' as const,
      select: true,
    },
  ],
  pages: [],
});

const withWindow = (url: string) =>
  ({
    type: 'configure',
    configuration: { ...testConfiguration({ agents: 2 }), window: windowOf(url) },
  }) as const;

test('TAB-01 an agent has the tab of all, those of his agent groups and his own, and the actions of service groups', () => {
  const site = createDriver({ agents: 2, agent: id => ({ agentGroups: [id] }) });
  site.logOn(1);
  site.logOn(2);
  site.send(withWindow('https://a.example'));
  const names = (agent: number) => agentSnapshot(site.state, agent)?.workspace?.tabs.map(each => each.name);
  expect(names(1)).toEqual(['Start', 'Team', 'Mine']);
  expect(names(2)).toEqual(['Start', 'Team']);
  expect(agentSnapshot(site.state, 1)?.workspace?.actions).toMatchObject([
    { on: 'ringing', group: 'Group 1' },
  ]);
});

test('TAB-02 who is logged on is told of another configuration of his window, and of none that is the same', () => {
  const site = createDriver({ agents: 2 });
  site.logOn(1);
  const told = (url: string) =>
    site.send(withWindow(url)).published.filter(each => each.item.event === 'workspace');
  expect(told('https://a.example')).toHaveLength(1);
  expect(told('https://a.example')).toEqual([]);
  expect(told('https://b.example')).toMatchObject([
    { agentId: 1, item: { values: [{ tabs: [{ url: 'https://b.example' }, {}, {}], secretFields: [] }] } },
  ]);
});
