import { systemClock } from '@cordboard/contract';
import { afterEach, expect, test } from 'vitest';
import { createLogger } from '../logging/logger.ts';
import { createTokenSigner } from './access-token.ts';
import { createLogon } from './logon.ts';
import { createLogons } from './logons.ts';
import type { PasswordCheck } from './passwords.ts';
import { openVoiceBench, type VoiceBench } from './testing/voice-bench.ts';

const agents = 100;
const address = '192.0.2.7';

let bench: VoiceBench;
afterEach(() => bench.close());

/** A logon service whose password checks take until the next turn of the loop, and how many there were. */
async function openLogon() {
  bench = await openVoiceBench({ agents });
  const seen = { checks: 0, atOnce: 0, most: 0 };
  const passwords: PasswordCheck = {
    async check(password) {
      seen.checks++;
      seen.most = Math.max(seen.most, ++seen.atOnce);
      await new Promise(setImmediate);
      seen.atOnce--;
      return password === 'secret' ? 'right' : 'wrong';
    },
  };
  const logOn = createLogon({
    site: bench.site,
    directory: () => ({
      siteName: 'Test',
      user: logonId => ({ agentId: Number(logonId), passwordHash: '', privileges: [], extension: logonId }),
      extension: () => true,
    }),
    logons: createLogons(),
    passwords,
    tokens: createTokenSigner(Buffer.alloc(32, 7)),
    clock: systemClock,
    logger: createLogger(() => undefined, 'error'),
    tokenSeconds: 600,
  });
  const all = async (password: (index: number) => string) => {
    const tries = Array.from({ length: agents }, (_, index) =>
      logOn({ logonId: `${index + 1}`, extension: `${1001 + index}`, password: password(index) }, address),
    );
    return (await Promise.all(tries)).map(each => each.status);
  };
  return { all, seen };
}

test('GAT-31 all agents of a center that has one address log on at the same moment', async () => {
  const { all, seen } = await openLogon();
  const statuses = await all(() => 'secret');
  expect(statuses.filter(each => each !== 200)).toEqual([]);
  expect(seen.most).toBe(30);
});

test('GAT-31 as many guesses at the same moment are refused after those that an address has', async () => {
  const { all, seen } = await openLogon();
  const statuses = await all(index => `guess ${index}`);
  expect(statuses.filter(each => each === 401).length).toBe(30);
  expect(statuses.filter(each => each === 429).length).toBe(agents - 30);
  expect(seen.checks).toBe(30);
});
