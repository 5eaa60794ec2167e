import { expect, test } from 'vitest';
import { checkReferences } from './check-references.ts';
import { checkSchema } from './check-schema.ts';
import { formatPath } from './problem.ts';
import { publishedSchema } from './published-schema.ts';
import type { ConfigurationFile } from './schema.ts';
import { toSiteConfiguration } from './to-server-configuration.ts';

const fileOf = (site: Record<string, unknown>) => ({
  sites: [
    {
      id: 1,
      name: 'One',
      users: [{ id: 7, logonId: 'anna', name: 'Anna' }],
      agentGroups: [{ id: 1, name: 'All' }],
      serviceGroups: [{ id: 1, name: 'Sales' }],
      ...site,
    },
  ],
});
const faults = (site: Record<string, unknown>): string[] =>
  checkSchema(publishedSchema(), fileOf(site)).map(({ path }) => formatPath(path));
const read = (site: Record<string, unknown>): ConfigurationFile => {
  const data = fileOf(site);
  expect(checkSchema(publishedSchema(), data)).toEqual([]);
  return data as unknown as ConfigurationFile;
};
const findings = (site: Record<string, unknown>): string[] =>
  checkReferences(read(site)).map(({ path }) => formatPath(path));

const url = 'https://crm.example/';

test('TAB-03 a tab needs its URL only, and a page its origin: it may then do nothing', () => {
  const [site] = read({
    tabs: {
      default: { name: 'Start', url },
      actions: [{ on: 'ringing', name: '{CallingNumber}', url: `${url}?n={CallingNumber}` }],
    },
    pages: [{ origin: 'https://crm.example' }],
  }).sites;
  expect(site && toSiteConfiguration(site).window).toMatchObject({
    defaultTab: { placement: 'main' },
    actions: [{ serviceGroup: 0, placement: 'main', select: true }],
    pages: [{ methods: [], events: [], withoutFields: [], requestsPerSecond: 20 }],
  });
});

test('TAB-03 a site without tabs has no window to speak of', () => {
  const [site] = read({}).sites;
  expect(site && toSiteConfiguration(site).window).toBeUndefined();
});

test.each([
  ['a script', { default: { name: 'a', url: 'javascript:alert(1)' } }, 'tabs.default.url'],
  ['a password in it', { default: { name: 'a', url: 'https://user:word@crm.example/' } }, 'tabs.default.url'],
  [
    'a host of the caller',
    { actions: [{ on: 'ringing', name: 'a', url: 'https://{CallerName}/' }] },
    'tabs.actions[0].url',
  ],
])('TAB-03 a URL with %s is refused where it stands', (_, tabs, place) => {
  expect(faults({ tabs })).toEqual([`sites[0].${place}`]);
});

test.each([
  ['a method that pages may not call', { methods: ['closeApplication'] }, 'methods[0]'],
  ['an event that there is not', { events: ['OnEverything'] }, 'events[0]'],
  ['no requests at all', { requestsPerSecond: 0 }, 'requestsPerSecond'],
  ['an origin with a path', { origin: 'https://crm.example/crm' }, 'origin'],
])('TAB-03 a page with %s is refused where it stands', (_, page, place) => {
  expect(faults({ pages: [{ origin: 'https://crm.example', ...page }] })).toEqual([
    `sites[0].pages[0].${place}`,
  ]);
});

test('TAB-03 users and groups that there are not, origins that browsers write otherwise, and the same origin twice are found', () => {
  expect(
    findings({
      tabs: {
        personal: [{ user: 8, name: 'a', url }],
        groups: [{ agentGroup: 2, name: 'a', url }],
        actions: [{ on: 'ended', serviceGroup: 3, name: 'a', url }],
      },
      pages: [
        { origin: 'https://crm.example:443' },
        { origin: 'https://a.example' },
        { origin: 'https://a.example' },
      ],
    }),
  ).toEqual([
    'sites[0].tabs.personal[0].user',
    'sites[0].tabs.groups[0].agentGroup',
    'sites[0].tabs.actions[0].serviceGroup',
    'sites[0].pages[0].origin',
    'sites[0].pages[2].origin',
  ]);
});
