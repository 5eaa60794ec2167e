import { expect, test } from 'vitest';
import { addressOf, sectionOf, settingsSections } from './page-address.ts';

test('WIN-84 each page of the settings has an address of its own, and any other address is the work', () => {
  for (const section of settingsSections) expect(sectionOf(addressOf(section))).toBe(section);
  expect(sectionOf('#settings')).toBe('general');
  expect(sectionOf('#settings/of-a-later-release')).toBe('general');
  for (const hash of ['', '#', '#0123abcd', '#settingsx', '#work/settings'])
    expect(sectionOf(hash)).toBeNull();
});
