import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import axe from 'axe-core';
import { type Browser, chromium, type LaunchOptions, type Page } from 'playwright-core';
import { findProgram } from '../phones/programs.ts';

/** Debian's Chromium, with a profile of its own and without what it does over the network by itself; with more switches, if told. */
export const openBrowser = ({ args = [], ...options }: LaunchOptions = {}): Promise<Browser> =>
  chromium.launch({
    executablePath: findProgram('chromium') ?? 'chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...args,
    ],
    ...options,
  });

/** What the page complains of from now on: errors in its console, and exceptions that nobody caught. */
export const complaintsOf = (page: Page): readonly string[] => {
  const complaints: string[] = [];
  page.on('console', message => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', error => complaints.push(String(error)));
  return complaints;
};

interface AxeViolation {
  id: string;
  nodes: { html: string; failureSummary?: string }[];
}

/** What axe finds wrong with the page as it is (WCAG 2.2 AA), in words. */
export const accessibilityFaults = async (page: Page): Promise<string[]> => {
  // not as a script element: the content security policy of the page would refuse it
  await page.evaluate(axe.source);
  const violations = (await page.evaluate(
    `axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }).then(found => found.violations)`,
  )) as AxeViolation[];
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(each => `${id}: ${each.html} ${each.failureSummary}`),
  );
};

const pictures = fileURLToPath(new URL('../../.cordboard/screenshots', import.meta.url));

const sizes = [
  { name: 'docked', width: 400, height: 900 },
  { name: 'desk', width: 1280, height: 800 },
  { name: '4k', width: 3840, height: 2160 },
] as const;

/** Pictures of the page at three sizes, light and dark, and what axe finds at each. */
export const lookAt = async (page: Page, name: string): Promise<string[]> => {
  mkdirSync(pictures, { recursive: true });
  const faults: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const { name: size, ...viewport } of sizes) {
      await page.setViewportSize(viewport);
      const wide = await page.evaluate('document.documentElement.scrollWidth > innerWidth');
      if (wide) faults.push(`${name} at ${size} is wider than the window`);
      await page.screenshot({ path: path.join(pictures, `${name}-${size}-${colorScheme}.png`) });
      faults.push(...(await accessibilityFaults(page)).map(each => `${size} ${colorScheme} ${each}`));
    }
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  return faults;
};
