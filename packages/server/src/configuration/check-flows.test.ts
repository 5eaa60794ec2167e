import { expect, test } from 'vitest';
import { checkReferences } from './check-references.ts';
import { checkSchema } from './check-schema.ts';
import { formatPath } from './problem.ts';
import { publishedSchema } from './published-schema.ts';
import type { ConfigurationFile } from './schema.ts';
import { toSiteConfiguration } from './to-server-configuration.ts';

const read = (site: Record<string, unknown>): ConfigurationFile => {
  const data = { sites: [{ id: 1, name: 'One', serviceGroups: [{ id: 1, name: 'Sales' }], ...site }] };
  expect(checkSchema(publishedSchema(), data)).toEqual([]);
  return data as unknown as ConfigurationFile;
};
const findings = (site: Record<string, unknown>): string[] =>
  checkReferences(read(site)).map(({ path, message }) => `${formatPath(path)}: ${message}`);
const flow = (name: string, steps: object[], numbers: string[] = []) => ({ name, numbers, steps });

test('CFG-40 what is left out of a flow has its default, and a step is what its one kind says', () => {
  const file = read({
    flows: [
      flow(
        'menu',
        [
          { label: 'ask', collect: { menu: { 1: 'go' } } },
          { label: 'go', queue: { group: 1 } },
        ],
        ['702'],
      ),
    ],
    authentication: { number: '790', flow: 'menu' },
  });
  const [site] = file.sites;
  if (site === undefined) throw new Error('there is a site');
  const { flows, authentication } = toSiteConfiguration(site);
  expect(flows?.[0]?.steps).toMatchObject([
    {
      type: 'collect',
      label: 'ask',
      attempts: 3,
      terminator: '#',
      menu: { 1: 'go' },
      otherwise: '',
      prompt: [],
    },
    { type: 'queue', label: 'go', group: 1 },
  ]);
  expect(authentication).toMatchObject({ timeoutSeconds: 120, afterwards: 'disconnect', resultField: '' });
});

test('CFG-41 what flows, groups and the authentication name must be there', () => {
  expect(
    findings({
      flows: [
        flow('one', [
          { play: { next: 'nowhere' } },
          { collect: { menu: { 1: 'gone' }, otherwise: 'lost', minimumDigits: 3 } },
          { branch: { hours: 'never' } },
          { queue: { group: 8 } },
          { deflect: { number: '999' } },
        ]),
      ],
      serviceGroups: [
        {
          id: 1,
          name: 'Sales',
          openingHours: 'none',
          closedFlow: 'two',
          waiting: { overflow: { group: 1, agentGroups: [5] } },
        },
      ],
      authentication: { number: '790', flow: 'three' },
    }).map(each => each.split(':')[0]),
  ).toEqual([
    'sites[0].flows[0].steps[0].play.next',
    'sites[0].flows[0].steps[1].collect.otherwise',
    'sites[0].flows[0].steps[1].collect.menu.1',
    'sites[0].flows[0].steps[1].collect.minimumDigits',
    'sites[0].flows[0].steps[2].branch.hours',
    'sites[0].flows[0].steps[3].queue.group',
    'sites[0].flows[0].steps[4].deflect.number',
    'sites[0].serviceGroups[0].openingHours',
    'sites[0].serviceGroups[0].closedFlow',
    'sites[0].serviceGroups[0].waiting.overflow.group',
    'sites[0].serviceGroups[0].waiting.overflow.agentGroups[0]',
    'sites[0].authentication.flow',
  ]);
});

test.each([
  ['none', {}],
  ['two', { play: { sounds: ['a'] }, hangUp: {} }],
])('CFG-42 a step of %s kinds is none', (_, step) => {
  expect(findings({ flows: [flow('one', [step])] })).toEqual([
    expect.stringContaining('sites[0].flows[0].steps[0]: expected one kind of step'),
  ]);
});

test('CFG-42 labels, names and numbers are there once', () => {
  const step = { label: 'same', hangUp: {} };
  expect(
    findings({
      flows: [flow('one', [step, step], ['702']), flow('one', [step], ['702'])],
      authentication: { number: '702', flow: 'one' },
    }).map(each => each.split(':')[0]),
  ).toEqual([
    'sites[0].flows[1].name',
    'sites[0].flows[1].numbers[0]',
    'sites[0].authentication.number',
    'sites[0].flows[0].steps[1].label',
  ]);
});

const circles: [string, object][] = [
  ['steps that only branch', { flows: [flow('a', [{ label: 'x', branch: { hours: 'h', closed: 'x' } }])] }],
  [
    'two flows that send to each other',
    {
      flows: [
        flow('a', [{ deflect: { number: '702' } }], ['701']),
        flow('b', [{ setData: { field: 'f', value: 'v' } }, { deflect: { number: '701' } }], ['702']),
      ],
    },
  ],
  [
    'a closed group whose flow leads back to it',
    {
      serviceGroups: [{ id: 1, name: 'Sales', openingHours: 'h', closedFlow: 'a' }],
      flows: [flow('a', [{ queue: { group: 1 } }])],
    },
  ],
  [
    'groups that overflow to each other',
    {
      serviceGroups: [1, 2].map(id => ({
        id,
        name: `Group ${id}`,
        waiting: { overflow: { waitingCalls: 1, group: 3 - id } },
      })),
    },
  ],
];

test.each(circles)('CFG-43 %s are a circle', (_, site) => {
  const openingHours = [{ name: 'h', timeZone: 'UTC' }];
  expect(findings({ openingHours, ...site }).join()).toMatch(/in circles|come back/);
});

test('CFG-43 a menu that is said again is none, nor is a flow of 200 steps', () => {
  const again = flow('a', [{ label: 'x', collect: { otherwise: 'x' } }]);
  const long = flow(
    'b',
    Array.from({ length: 200 }, () => ({ setData: { field: 'f', value: 'v' } })),
  );
  expect(findings({ flows: [again, long] })).toEqual([]);
});

test('CFG-44 opening hours need a known time zone and periods that last', () => {
  const weekly = [{ days: ['mon'], from: '08:00', to: '08:00' }];
  expect(
    findings({ openingHours: [{ name: 'h', timeZone: 'Middle/Earth', weekly }] }).map(
      each => each.split(':')[0],
    ),
  ).toEqual(['sites[0].openingHours[0].timeZone', 'sites[0].openingHours[0].weekly[0].from']);
});

test('CFG-45 a flow that an agent waits for sends the customer nowhere else', () => {
  const flows = [flow('pin', [{ queue: { group: 1 } }])];
  expect(findings({ flows, authentication: { number: '790', flow: 'pin' } })).toEqual([
    'sites[0].authentication.flow: expected a flow without queue, deflect and offerCallback, found pin',
  ]);
});
