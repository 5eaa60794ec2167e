import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkSchema } from './check-schema.ts';
import { checkSounds } from './check-sounds.ts';
import { formatPath } from './problem.ts';
import { publishedSchema } from './published-schema.ts';
import type { ConfigurationFile } from './schema.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'cordboard-sounds-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const flows = [
  {
    name: 'menu',
    steps: [{ play: { sounds: ['own', 'gone'] } }, { collect: { prompt: ['menu-main'], invalid: ['lost'] } }],
  },
];
const serviceGroups = [{ id: 1, name: 'Sales', greeting: 'greeting-sales', recordingAnnouncement: 'none' }];

const missing = async (soundFolder: string): Promise<string[]> => {
  const data = { sites: [{ id: 1, name: 'One', sip: { soundFolder }, flows, serviceGroups }] };
  expect(checkSchema(publishedSchema(), data)).toEqual([]);
  const file = path.join(folder, 'cordboard.yaml');
  const found = await checkSounds(data as unknown as ConfigurationFile, file);
  return found.map(each => formatPath(each.path));
};

test('CFG-46 sound files that are named must be there, or among those that a site makes', async () => {
  await writeFile(path.join(folder, 'own.wav'), '');
  expect(await missing('.')).toEqual([
    'sites[0].serviceGroups[0].recordingAnnouncement',
    'sites[0].flows[0].steps[0].play.sounds[1]',
    'sites[0].flows[0].steps[1].collect.invalid[0]',
  ]);
});

test('CFG-46 before the first start there is no sound folder to look into', async () => {
  expect(await missing('sounds')).toEqual([]);
});
