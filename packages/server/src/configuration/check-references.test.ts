import { expect, test } from 'vitest';
import { checkReferences } from './check-references.ts';
import { checkSchema } from './check-schema.ts';
import { formatPath } from './problem.ts';
import { publishedSchema } from './published-schema.ts';
import type { ConfigurationFile } from './schema.ts';

function findings(site: Record<string, unknown>, rest: Record<string, unknown> = {}): string[] {
  const data = { ...rest, sites: [{ id: 1, name: 'One', ...site }] };
  expect(checkSchema(publishedSchema(), data)).toEqual([]);
  return checkReferences(data as unknown as ConfigurationFile).map(
    ({ path, message }) => `${formatPath(path)}: ${message}`,
  );
}

const user = (id: number, rest: object = {}) => ({ id, logonId: `user${id}`, name: `User ${id}`, ...rest });

test('CFG-04 what refers to something else must find it', () => {
  const found = findings({
    agentGroups: [{ id: 1, name: 'One' }],
    users: [user(1, { agentGroups: [1, 8], tenant: 9, extension: '1001', personalQueue: 4 })],
    serviceGroups: [{ id: 1, name: 'Sales', agentGroups: [7], cqCodes: [6], tenant: 5 }],
    templates: [{ id: 1, name: 'Offer', kind: 'email', tenant: 4 }],
  });
  expect(found).toEqual([
    "sites[0].users[0].extension: expected one of this site's extensions, found 1001",
    'sites[0].users[0].agentGroups[1]: expected the id of an agent group (1), found 8',
    'sites[0].users[0].tenant: expected the id of a tenant (1), found 9',
    'sites[0].users[0].personalQueue: expected the id of a voice service group (1), found 4',
    'sites[0].serviceGroups[0].agentGroups[0]: expected the id of an agent group (1), found 7',
    'sites[0].serviceGroups[0].cqCodes[0]: expected the id of a CQ code (there is none), found 6',
    'sites[0].serviceGroups[0].tenant: expected the id of a tenant (1), found 5',
    'sites[0].templates[0].tenant: expected the id of a tenant (1), found 4',
  ]);
});

const doubled: [string, object[], string][] = [
  ['users', [user(1), user(1, { logonId: 'other' })], 'users[1].id'],
  ['users', [user(1, { logonId: 'Anna' }), user(2, { logonId: 'anna' })], 'users[1].logonId'],
  [
    'agentGroups',
    [
      { id: 1, name: 'A' },
      { id: 1, name: 'B' },
    ],
    'agentGroups[1].id',
  ],
  [
    'serviceGroups',
    [
      { id: 1, name: 'Sales' },
      { id: 2, name: 'SALES ' },
    ],
    'serviceGroups[1].name',
  ],
  [
    'notReadyReasons',
    [
      { id: 1, name: 'Break' },
      { id: 2, name: 'break' },
    ],
    'notReadyReasons[1].name',
  ],
  [
    'cqCodes',
    [
      { id: 1, code: 'X', name: 'A' },
      { id: 2, code: 'x', name: 'B' },
    ],
    'cqCodes[1].code',
  ],
  [
    'tenants',
    [
      { id: 1, name: 'A' },
      { id: 1, name: 'B' },
    ],
    'tenants[1].id',
  ],
];

test.each(doubled)('CFG-05 in %s nothing stands twice', (name, list, at) => {
  expect(findings({ [name]: list })).toEqual([expect.stringContaining(`sites[0].${at}: expected another`)]);
});

test('CFG-06 a number that somebody dials leads to one place', () => {
  const found = findings({
    extensions: [{ number: '700' }, { number: '112' }, { number: '700' }],
    serviceGroups: [{ id: 1, name: 'Sales', numbers: ['700', '701'] }],
  });
  expect(found).toEqual([
    'sites[0].extensions[2].number: expected a number that is nothing else yet: 700 is an extension already',
    'sites[0].serviceGroups[0].numbers[0]: expected a number that is nothing else yet: 700 is an extension already',
    'sites[0].emergencyNumbers[0]: expected a number that is nothing else yet: 112 is an extension already',
  ]);
});

test('CFG-07 a pattern that takes long, and a replacement that names no group, are refused', () => {
  const rule = (pattern: string, replacement: string) => ({ pattern, replacement });
  const found = findings({
    numberTranslation: [rule('^0(\\d+)$', '+46$1'), rule('(\\d+)+$', ''), rule('^0', '$1')],
  });
  expect(found).toEqual([
    expect.stringContaining('numberTranslation[1].pattern: expected a regular expression that is safe'),
    'sites[0].numberTranslation[2].replacement: expected a group of the pattern, which has 0, found $1',
  ]);
});

test.each([
  ['127.0.0.1:80', {}, true],
  ['[::1]:80', {}, true],
  ['localhost:80', {}, true],
  ['0.0.0.0:80', {}, false],
  ['127.evil.example:80', {}, false],
  ['0.0.0.0:80', { allowPlainHttp: true }, true],
  ['0.0.0.0:443', { tls: { certificate: 'c.pem', key: 'k.pem' } }, true],
])('CFG-08 a gateway on %s with %j is allowed: %j', (listen, rest, allowed) => {
  expect(findings({}, { gateway: { listen, ...rest } })).toHaveLength(allowed ? 0 : 1);
});

test('clerical time of a group is within the maximum', () => {
  const found = findings({
    serviceGroups: [{ id: 1, name: 'Sales', clericalSeconds: 60 }],
    timers: { maximumClericalSeconds: 50 },
  });
  expect(found).toEqual([expect.stringContaining('at most timers.maximumClericalSeconds (50), found 60')]);
});

test('CFG-16 the patterns of a trunk are held to what numbers need', () => {
  const numbers = [
    { pattern: '(a+)+', replacement: '' },
    { pattern: '^0(\\d+)$', replacement: '$2' },
    { pattern: '^00', replacement: '+' },
  ];
  const found = findings({ trunks: [{ name: 'One', uri: 'sip:{number}@one.example', numbers }] });
  expect(found).toHaveLength(2);
  expect(found[0]).toContain('sites[0].trunks[0].numbers[0].pattern: expected a regular expression');
  expect(found[1]).toContain('sites[0].trunks[0].numbers[1].replacement: expected a group');
});
