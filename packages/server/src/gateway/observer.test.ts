import { expect, test } from 'vitest';
import type { GatewayOptions } from './gateway.ts';
import { openGatewayBench } from './testing/gateway-bench.ts';

const token = 'a token that nobody guesses';
const pages: GatewayOptions['pages'] = {
  '/health': () => ({
    ...{ status: 503, contentType: 'application/json' },
    ...{ body: '{"status":"failing","reasons":["x"]}', forStrangers: '{"status":"failing"}' },
  }),
  '/metrics': () => ({ status: 200, contentType: 'text/plain', body: 'cordboard_calls 7' }),
};

const bearer = (text: string) => ({ authorization: `Bearer ${text}` });
/** as a proxy on this machine says it */
const elsewhere = { 'x-forwarded-for': '203.0.113.7' };

const asking = async (observerToken: string | null) => {
  const bench = await openGatewayBench({ pages, observerToken });
  return {
    bench,
    async ask(path: string, headers: Record<string, string> = {}) {
      const response = await fetch(bench.url + path, { headers });
      return [response.status, await response.text()];
    },
  };
};

test('GAT-09 on this machine everybody sees the figures and the health of the server', async () => {
  const { bench, ask } = await asking(null);
  expect(await ask('/metrics')).toEqual([200, 'cordboard_calls 7']);
  expect(await ask('/health')).toEqual([503, '{"status":"failing","reasons":["x"]}']);
  await bench.close();
});

test('GAT-09 from elsewhere nobody sees more than whether it is healthy', async () => {
  const { bench, ask } = await asking(null);
  for (const headers of [elsewhere, { ...elsewhere, ...bearer('') }, { ...elsewhere, ...bearer('null') }]) {
    expect(await ask('/metrics', headers)).toEqual([401, 'for observers only\n']);
    expect(await ask('/health', headers)).toEqual([503, '{"status":"failing"}']);
  }
  expect((await ask('/metrics', { forwarded: 'for=203.0.113.7' }))[0]).toBe(401);
  await bench.close();
});

test('GAT-09 whoever shows the configured token sees everything, and no other token does', async () => {
  const { bench, ask } = await asking(token.replaceAll(' ', '-'));
  expect((await ask('/metrics', { ...elsewhere, ...bearer(token.replaceAll(' ', '-')) }))[0]).toBe(200);
  expect((await ask('/metrics', { ...elsewhere, ...bearer('another') }))[0]).toBe(401);
  expect((await ask('/metrics', elsewhere))[0]).toBe(401);
  await bench.close();
});
