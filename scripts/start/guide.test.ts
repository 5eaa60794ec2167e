import { expect, test } from 'vitest';
import { demoGuide, siteGuide, type WindowState } from './guide.ts';
import type { SiteFacts } from './site-facts.ts';

const site: SiteFacts = {
  id: 1,
  name: 'Demo',
  gateway: 'http://127.0.0.1:8480',
  sip: '127.0.0.1:5060',
  numbers: [
    { number: '700', what: 'Sales' },
    { number: '702', what: 'main-menu' },
  ],
  users: [
    { logonId: 'anna', name: 'Anna Alm', extension: '1001' },
    { logonId: 'bo', name: 'Bo Berg', extension: '1002' },
  ],
  secretsFile: '/data/secrets.yaml',
};
const passwords = {
  ofUser: (logonId: string) => `password-of-${logonId}`,
  ofExtension: (extension: string) => `password-of-${extension}`,
};
const pages = 'http://127.0.0.1:8482';
const guideWith = (window: WindowState, traffic = true) =>
  demoGuide({ site, passwords, window, traffic, pages });
const url = 'http://127.0.0.1:8481/#token';

test('DEM-08 the first that is told is whose window it is, and its address; no password is needed for it', () => {
  const lines = guideWith({ type: 'open', url, shown: false }).split('\n').filter(Boolean).slice(0, 4);
  expect(lines.join('\n')).toMatch(
    /You are Anna Alm[\s\S]*\n {6}http:\/\/127\.0\.0\.1:8481\/#token\n.*press Ready/,
  );
  expect(lines.join('\n')).not.toContain('password');
  expect(guideWith({ type: 'open', url, shown: true })).toContain('opens in your browser');
});

test.each<[string, WindowState, string]>([
  ['another application runs', { type: 'another', url }, 'runs already:'],
  ['another application runs without a window', { type: 'another', url: null }, 'runs already.'],
  ['the application failed', { type: 'failed' }, 'did not start'],
  ['no window was wanted', { type: 'off' }, 'npm run agent opens'],
])('DEM-08 where %s it tells how to log on', (_, window, says) => {
  const guide = guideWith(window);
  expect(guide).toContain(says);
  expect(guide).toContain('log on as anna, password password-of-anna');
});

test('without customers it tells whose phone calls what', () => {
  expect(guideWith({ type: 'off' }, false)).toContain('call a service number from a customer’s phone');
  expect(guideWith({ type: 'off' })).toContain('http://127.0.0.1:8482/sample-crm/');
  expect(guideWith({ type: 'off' })).toContain('700 Sales, 702 main-menu');
  expect(guideWith({ type: 'off' })).toContain('sip:2010@127.0.0.1:5060   password password-of-2010');
});

test('DEM-09 another site has a guide too, without a password in it', () => {
  const guide = siteGuide([site, { ...site, name: 'Second', users: [] }]);
  for (const each of [
    'site Demo',
    'site Second',
    '700 Sales',
    '/data/secrets.yaml',
    'http://127.0.0.1:8480/health',
  ])
    expect(guide).toContain(each);
  expect(guide).not.toContain('password-of');
  expect(siteGuide([])).toBe('');
});

test('a site without users says so', () => {
  expect(
    demoGuide({ site: { ...site, users: [] }, passwords, window: { type: 'off' }, traffic: true, pages }),
  ).toContain('no users');
});
