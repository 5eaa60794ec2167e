import { afterEach, expect, test } from 'vitest';
import { type GatewayBench, openGatewayBench } from './testing/gateway-bench.ts';

let bench: GatewayBench;
afterEach(() => bench.close());

/** A gateway whose recordings answer with who asks. */
async function openBench(isLoggedOn: (agentId: number, logon: string) => boolean) {
  bench = await openGatewayBench({
    isLoggedOn,
    recordings: async (_request, response, { agentId, headers }) => {
      response.writeHead(200, headers).end(`${agentId}`);
    },
  });
  const ask = async (authorization?: string, path = '/recordings/1') => {
    const response = await fetch(bench.url + path, { headers: authorization ? { authorization } : {} });
    return response.text();
  };
  return { ask, token: (await bench.grant()).token };
}

test('REC-39 who asks for a recording is whose access token it is, as long as his logon counts', async () => {
  let counts = true;
  const { ask, token } = await openBench((agentId, logon) => counts && agentId === 1 && logon !== '');
  expect(await ask(`Bearer ${token}`)).toBe('1');
  expect(await ask(`bearer ${token}`)).toBe('1');
  counts = false;
  expect(await ask(`Bearer ${token}`)).toBe('undefined');
});

test('REC-43 while the site has no state nobody is told that he is not logged on: 503, and when to ask again', async () => {
  const { token } = await openBench(() => true);
  await bench.site.site.close();
  const response = await fetch(`${bench.url}/recordings/1`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1']);
  expect(await response.json()).toEqual({ reason: 'notReady' });
});

test('REC-39 without a token, with one that is not ours, or in another place, nobody asks', async () => {
  const { ask, token } = await openBench(() => true);
  expect(await ask()).toBe('undefined');
  expect(await ask(`Bearer ${token}x`)).toBe('undefined');
  expect(await ask(`Bearer ${'a'.repeat(5000)}`)).toBe('undefined');
  expect(await ask(`Basic ${token}`)).toBe('undefined');
  expect(await ask(undefined, `/recordings/1?access_token=${token}`)).toBe('undefined');
});
