import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPageServer, type PageServer } from './page-server.ts';

let server: PageServer;
beforeAll(async () => {
  server = await openPageServer({ port: 0, tabScript: Buffer.from('export const connect = 1;') });
});
afterAll(() => server.close());

const get = (path: string, init?: RequestInit) => fetch(`${server.origin}${path}`, init);

test('DEM-11 both pages are served, without inline scripts, framed by windows of this machine alone', async () => {
  for (const page of ['/javascript-test/', '/sample-crm/?number=2001']) {
    const response = await get(page);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain('text/html');
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain('frame-ancestors http://127.0.0.1:* http://localhost:*');
    expect(await response.text()).not.toMatch(/<script(?![^>]*src=)/);
  }
});

test('their modules come without types, and connect by the script of the window', async () => {
  const response = await get('/pages/connection.ts');
  expect(response.headers.get('content-type')).toContain('text/javascript');
  const text = await response.text();
  expect(text).toContain("'/tab.js'");
  expect(text).not.toContain('interface ');
  expect(await (await get('/tab.js')).text()).toBe('export const connect = 1;');
  expect(((await (await get('/interface.json')).json()) as { methods: unknown[] }).methods).toHaveLength(79);
});

test.each([
  '/',
  '/pages/../package.json',
  '/pages/%2e%2e/package.json',
  '/page-server/page-server.ts',
  '/pages/none.ts',
])('%s is not served', async path => {
  expect((await get(path)).status).toBe(404);
});

test('nothing is written', async () => {
  expect((await get('/sample-crm/', { method: 'POST' })).status).toBe(405);
  const head = await get('/sample-crm/', { method: 'HEAD' });
  expect([head.status, await head.text()]).toEqual([200, '']);
});

test('where the script of the window was not built its place is empty', async () => {
  const without = await openPageServer({ port: 0, tabScript: null });
  expect((await fetch(`${without.origin}/tab.js`)).status).toBe(404);
  await without.close();
});
