import { expect, test } from 'vitest';
import { openAtUsualPort } from './usual-port.ts';

const free = 4_711;

/** The ports that were tried, and what is remembered after. */
const open = async (configured: number, last: number, taken: readonly number[] = []) => {
  const tried: number[] = [];
  let remembered: number | null = null;
  const server = await openAtUsualPort(
    async port => {
      tried.push(port);
      if (taken.includes(port)) throw Object.assign(new Error('taken'), { code: 'EADDRINUSE' });
      return { url: `http://127.0.0.1:${port || free}/#token`, close: async () => {} };
    },
    {
      configured,
      last,
      remember(port) {
        remembered = port;
      },
    },
  );
  return { tried, remembered, url: server.url };
};

test('SPH-34 the window is where it was last, so that what the browser allowed stays allowed', async () => {
  expect(await open(0, 0)).toMatchObject({ tried: [0], remembered: free });
  expect(await open(0, 5_000)).toMatchObject({ tried: [5_000], remembered: null });
});

test('SPH-34 where that port is taken another one is, and is remembered; a configured one is that one', async () => {
  expect(await open(0, 5_000, [5_000])).toMatchObject({ tried: [5_000, 0], remembered: free });
  expect(await open(6_000, 5_000)).toMatchObject({ tried: [6_000], remembered: null });
  await expect(open(6_000, 5_000, [6_000])).rejects.toThrow('taken');
});
