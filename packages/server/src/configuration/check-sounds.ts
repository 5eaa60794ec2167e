import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { demoSounds } from '@cordboard/switch';
import type { Finding, ValuePath } from './problem.ts';
import type { ConfigurationFile, SiteSection } from './schema.ts';

/**
 * Sound files that are named must be in the site's sound folder, or be among those that a site makes for itself. Where the
 * folder is not there yet nothing is said: the first start makes it.
 */
export async function checkSounds({ sites }: ConfigurationFile, file: string): Promise<Finding[]> {
  const findings = await Promise.all(
    sites.map(async (site, index) => {
      const folder = path.resolve(path.dirname(file), site.sip.soundFolder);
      const present = await readdir(folder).catch(() => null);
      if (present === null) return [];
      const known = new Set([...present, ...demoSounds.map(name => `${name}.wav`)]);
      return soundsOf(site, ['sites', index])
        .filter(({ name }) => name !== '' && !known.has(`${name}.wav`))
        .map(({ name, at }) => ({
          path: at,
          message: `expected a sound file, found no ${name}.wav in ${folder}`,
        }));
    }),
  );
  return findings.flat();
}

interface Named {
  name: string;
  at: ValuePath;
}

const listed = (names: readonly string[], at: ValuePath): Named[] =>
  names.map((name, index) => ({ name, at: [...at, index] }));

function soundsOf(site: SiteSection, at: ValuePath): Named[] {
  return [
    ...site.serviceGroups.flatMap((group, index) => {
      const here = [...at, 'serviceGroups', index];
      const { callback } = group.waiting ?? {};
      return [
        { name: group.greeting, at: [...here, 'greeting'] },
        { name: group.recordingAnnouncement, at: [...here, 'recordingAnnouncement'] },
        ...listed(callback?.prompt ?? [], [...here, 'waiting', 'callback', 'prompt']),
        ...listed(callback?.accepted ?? [], [...here, 'waiting', 'callback', 'accepted']),
      ];
    }),
    ...site.flows.flatMap((flow, index) =>
      flow.steps.flatMap(({ play, collect, offerCallback }, step) => {
        const here = [...at, 'flows', index, 'steps', step];
        return [
          ...listed(play?.sounds ?? [], [...here, 'play', 'sounds']),
          ...listed(collect?.prompt ?? [], [...here, 'collect', 'prompt']),
          ...listed(collect?.invalid ?? [], [...here, 'collect', 'invalid']),
          ...listed(offerCallback?.prompt ?? [], [...here, 'offerCallback', 'prompt']),
          ...listed(offerCallback?.accepted ?? [], [...here, 'offerCallback', 'accepted']),
        ];
      }),
    ),
  ];
}
