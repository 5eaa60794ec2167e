import { expect, test } from 'vitest';
import { readOptions } from './options.ts';

test('DEM-07 without arguments it is the demo, with customers and the window of an agent', () => {
  expect(readOptions([])).toEqual({
    config: null,
    data: null,
    demo: true,
    traffic: true,
    window: true,
    windowPort: 8481,
    pagesPort: 8482,
    trafficArguments: [],
  });
});

test('DEM-07 another configuration is the server alone, unless the demo is asked for', () => {
  expect(readOptions(['--config', 'a.yaml'])).toMatchObject({
    config: 'a.yaml',
    demo: false,
    traffic: false,
    window: false,
  });
  expect(readOptions(['--config', 'a.yaml', '--demo'])).toMatchObject({
    demo: true,
    traffic: true,
    window: true,
  });
});

test('DEM-07 customers and window can be left out, and the traffic be other', () => {
  expect(readOptions(['--no-demo-traffic'])).toMatchObject({ demo: true, traffic: false, window: true });
  expect(readOptions(['--no-window', '--window-port', '0'])).toMatchObject({ window: false, windowPort: 0 });
  expect(
    readOptions(['--calls-per-minute', '6', '--most-at-once', '2', '--seed', '9', '--show-demo-traffic'])
      ?.trafficArguments,
  ).toEqual(['--calls-per-minute', '6', '--most-at-once', '2', '--seed', '9', '--debug']);
});

test.each([
  ['an unknown option', ['--verbose']],
  ['an option without its value', ['--config']],
  ['a word', ['now']],
  ['a port that is none', ['--window-port', '99999']],
  ['a port that is no number', ['--pages-port', 'http']],
])('%s is not understood', (_, given) => {
  expect(readOptions(given)).toBeNull();
});
