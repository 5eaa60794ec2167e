#!/usr/bin/env node
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openCrowd, openCustomerPhone } from './crowd.ts';
import { readKnownSounds } from './known-sounds.ts';
import { people } from './people.ts';
import { createRandom } from './random.ts';
import { readSiteFiles, SiteFilesError } from './site-files.ts';
import { speech } from './speech.ts';

const usage = `demo-traffic: simulated customers who call a site over SIP

  --config FILE            the site's configuration; its first site is called
  --data FOLDER            its data folder with secrets.yaml, unless the configuration says it
  --calls-per-minute N     on the average, 0.1 to 60 (2)
  --most-at-once N         customers in a call at once, 1 to 10 (4)
  --seed N                 the same seed, the same calls (1)
  --debug                  one line for each thing that a customer does

Ctrl-C ends it: everybody hangs up.`;

const { values } = parseArgs({
  options: {
    config: { type: 'string' },
    data: { type: 'string' },
    'calls-per-minute': { type: 'string', default: '2' },
    'most-at-once': { type: 'string', default: '4' },
    seed: { type: 'string', default: '1' },
    debug: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

/** Null where it is no number between the two. */
const numberOf = (text: string, least: number, most: number): number | null => {
  const number = Number(text);
  return number >= least && number <= most ? number : null;
};

const run = async (): Promise<number> => {
  const callsPerMinute = numberOf(values['calls-per-minute'], 0.1, 60);
  const mostAtOnce = numberOf(values['most-at-once'], 1, people.length);
  const seed = numberOf(values.seed, 0, 2 ** 32 - 1);
  if (values.help || !values.config || callsPerMinute === null || mostAtOnce === null || seed === null) {
    console.log(usage);
    return values.help ? 0 : 2;
  }
  const site = readSiteFiles(values.config, values.data);
  const ended = Promise.withResolvers<void>();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => ended.resolve());
  const crowd = await openCrowd({
    people: people.filter(each => site.passwords.has(each.extension)),
    openPhone: openCustomerPhone(site.sip, extension => site.passwords.get(extension) ?? ''),
    sounds: await readKnownSounds(site.soundFolder),
    speech,
    random: createRandom(seed),
    now: Date.now,
    sleep: milliseconds => sleep(milliseconds),
    tell: line => {
      if (values.debug) console.log(`[customer] ${line}`);
    },
    callsPerMinute,
    mostAtOnce,
  });
  await ended.promise;
  await crowd.close();
  return 0;
};

try {
  // calls that ended leave timers behind
  process.exit(await run());
} catch (error) {
  if (!(error instanceof SiteFilesError)) throw error;
  console.error(`The demo's customers cannot call. ${error.message}`);
  process.exit(1);
}
