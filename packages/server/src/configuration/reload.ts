import { isDeepStrictEqual } from 'node:util';
import type { ServerConfiguration } from './configuration.ts';
import { type LoadOptions, loadConfiguration } from './load-configuration.ts';
import { formatProblem } from './problem.ts';

export interface ReloadOptions extends LoadOptions {
  current: ServerConfiguration;
  /** told each new configuration, one after the other */
  onChange: (configuration: ServerConfiguration) => Promise<void> | void;
}

/**
 * Reads the configuration again at each SIGHUP. A file with a problem changes nothing: its problems are logged and the old
 * configuration stays. What only a start can change is named. Returns how to stop.
 */
export function reloadOnSignal(options: ReloadOptions): { stop(): void } {
  let current = options.current;
  let queue = Promise.resolve();
  const reload = async (): Promise<void> => {
    const result = await loadConfiguration(options);
    if (!result.ok) {
      for (const problem of result.problems) options.log(formatProblem(problem));
      options.log('the configuration is not changed');
      return;
    }
    for (const name of onlyAtStart(current, result.configuration)) {
      options.log(`${name} was changed: this takes effect when the server is started again`);
    }
    current = result.configuration;
    await options.onChange(result.configuration);
    options.log('the configuration was read again');
  };
  const listener = (): void => {
    queue = queue
      .then(reload)
      .catch(error => options.log(`reading the configuration failed: ${String(error)}`));
  };
  process.on('SIGHUP', listener);
  return { stop: () => process.off('SIGHUP', listener) };
}

/** What differs between two configurations and is only read at a start. */
export function onlyAtStart(old: ServerConfiguration, next: ServerConfiguration): string[] {
  const names: string[] = [];
  for (const name of [
    'gateway',
    'tls',
    'allowPlainHttp',
    'observerToken',
    'allowedOrigins',
    'web',
    'dataFolder',
  ] as const) {
    if (!isDeepStrictEqual(old[name], next[name])) names.push(name);
  }
  const places = (configuration: ServerConfiguration) =>
    configuration.sites.map(({ configuration: { site }, callManager: { sip, realm } }) => ({
      id: site.id,
      sip,
      realm,
    }));
  if (!isDeepStrictEqual(places(old), places(next))) names.push('the list of sites or where they listen');
  return names;
}
