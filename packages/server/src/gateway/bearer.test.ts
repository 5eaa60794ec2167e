import { afterEach, expect, test } from 'vitest';
import { type GatewayBench, openGatewayBench, presentAnna } from './testing/gateway-bench.ts';

let bench: GatewayBench;
afterEach(() => bench.close());

/** A gateway whose recordings answer with who asks. */
async function openBench(counts: () => boolean = () => true) {
  let logon = '';
  bench = await openGatewayBench({
    presence: agentId => (agentId === 1 && counts() ? { ...presentAnna, logon } : null),
    recordings: async (_request, response, { agentId, headers }) => {
      response.writeHead(200, headers).end(`${agentId}`);
    },
  });
  const ask = async (authorization?: string, path = '/recordings/1') => {
    const response = await fetch(bench.url + path, { headers: authorization ? { authorization } : {} });
    return response.text();
  };
  const { token } = await bench.grant();
  logon = token.split('.')[1] ?? '';
  return { ask, token };
}

test('REC-39 who asks for a recording is whose access token it is, as long as his logon counts', async () => {
  let counts = true;
  const { ask, token } = await openBench(() => counts);
  expect(await ask(`Bearer ${token}`)).toBe('1');
  expect(await ask(`bearer ${token}`)).toBe('1');
  counts = false;
  expect(await ask(`Bearer ${token}`)).toBe('undefined');
});

test('REC-43 while the site has no state nobody is told that he is not logged on: 503, and when to ask again', async () => {
  const { token } = await openBench();
  await bench.site.site.close();
  const response = await fetch(`${bench.url}/recordings/1`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1']);
  expect(await response.json()).toEqual({ reason: 'notReady' });
});

test('REC-39 without a token, with one that is not ours, or in another place, nobody asks', async () => {
  const { ask, token } = await openBench();
  expect(await ask()).toBe('undefined');
  expect(await ask(`Bearer ${token}x`)).toBe('undefined');
  expect(await ask(`Bearer ${'a'.repeat(5000)}`)).toBe('undefined');
  expect(await ask(`Basic ${token}`)).toBe('undefined');
  expect(await ask(undefined, `/recordings/1?access_token=${token}`)).toBe('undefined');
});
