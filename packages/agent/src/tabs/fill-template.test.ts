import { expect, test } from 'vitest';
import { exampleCall, exampleUser } from '../testing/index.ts';
import { fillText, fillUrl, templateOrigin, templateValues } from './fill-template.ts';

const callWith = (fields: Record<string, string>, more: Parameters<typeof exampleCall>[0] = {}) =>
  exampleCall({
    ID: 7,
    ...more,
    CallInfo: {
      ...exampleCall().CallInfo,
      IVRLabels: Object.keys(fields),
      IVRData: Object.values(fields),
    },
  });
const valuesOf = (fields: Record<string, string> = {}, more: Parameters<typeof exampleCall>[0] = {}) =>
  templateValues(callWith(fields, more), exampleUser, name => (name === 'Sales' ? 7 : null));

test('TAB-30 placeholders stand for the call, its group, the agent and IVR fields; unknown ones are empty', () => {
  const template =
    'https://crm.example/c?n={CallingNumber}&d={CalledNumber}&i={CallID}&g={GroupName}&gi={GroupID}&a={AgentName}&l={LoginID}&e={Extension}&o={Order}&p={IVR:Order}&x={Nothing}';
  expect(fillUrl(template, valuesOf({ Order: '42' }))).toBe(
    'https://crm.example/c?n=%2B46812345&d=100&i=7&g=Sales&gi=7&a=Anna%20Andersson&l=anna&e=2001&o=42&p=42&x=',
  );
});

test.each([
  ['another parameter', 'a&admin=1', 'a%26admin%3D1'],
  ['a fragment', 'a#b', 'a%23b'],
  ['a quote and markup', `'"><script>`, '%27%22%3E%3Cscript%3E'],
  ['another placeholder', '{LoginID}', '%7BLoginID%7D'],
  ['half a character', '\ud800', '%EF%BF%BD'],
  ['a line end', 'a\r\nb', 'a%0D%0Ab'],
])('TAB-31 a value that would be %s is only a value', (_, value, encoded) => {
  expect(fillUrl('https://crm.example/?x={F}', valuesOf({ F: value }))).toBe(
    `https://crm.example/?x=${encoded}`,
  );
});

test.each(['..', '.', '../../admin', '//evil.example', '@evil.example', '\\\\evil.example'])(
  'TAB-31 the value %s leads to no other place',
  value => {
    const url = new URL(fillUrl('https://crm.example/customer/{F}/notes', valuesOf({ F: value })) ?? '');
    expect(url.origin).toBe('https://crm.example');
    expect(decodeURIComponent(url.pathname)).toMatch(/^\/customer\/|^\/notes$|^\/customer$/);
  },
);

test.each([
  '{F}://crm.example/',
  'https://{F}/',
  'https://crm.example{F}/',
  'https://crm.example:{F}/',
  'https://{F}@crm.example/',
  'javascript:{F}',
  'ftp://crm.example/{F}',
])('TAB-31 the template %s, whose place a value would say, opens nothing', template => {
  expect(fillUrl(template, valuesOf({ F: 'evil.example' }))).toBeNull();
});

test('TAB-31 an IVR field cannot take the place of a documented name', () => {
  expect(fillText('{AgentName}', valuesOf({ AgentName: 'somebody else' }))).toBe('Anna Andersson');
});

test('the name of a tab is plain text, and has a bound', () => {
  expect(fillText('{CallingNumber} {F}', valuesOf({ F: '<b>' }))).toBe('+46812345 <b>');
  expect(fillText('{F}', valuesOf({ F: 'x'.repeat(10_000) }))).toHaveLength(256);
});

test('the origin of a template is known without its values', () => {
  expect(templateOrigin('https://crm.example:8443/{CallID}')).toBe('https://crm.example:8443');
  expect(templateOrigin('https://crm.example')).toBe('https://crm.example');
});
