#!/usr/bin/env node
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { LogLevel as ConfiguredLevel } from './configuration/configuration.ts';
import { type LoadOptions, loadConfiguration } from './configuration/load-configuration.ts';
import { formatProblem } from './configuration/problem.ts';
import { reloadOnSignal } from './configuration/reload.ts';
import { jsonLine, readableLine } from './logging/format.ts';
import { createLogger, errorText, type Logger, type LogLevel } from './logging/logger.ts';
import { type Server, startServer } from './server.ts';

const usage = `usage: cordboard-server [--config FILE] [--data FOLDER]

  --config FILE  the configuration; unless named that of the demo site, or cordboard.yaml in this folder
  --data FOLDER  used instead of the configuration's dataFolder

DATABASE_URL replaces the database that the server starts by itself.
SIGHUP reads the configuration again. SIGTERM ends the server and leaves the switch with its calls for the next one;
SIGINT (Ctrl-C) ends both. CORDBOARD_LOG=json writes the log as JSON also on a terminal.
`;

/** where this runs from the sources */
const demo = path.resolve(import.meta.dirname, '../../../demo/cordboard.yaml');

const exitCodes = { failed: 1, badConfiguration: 2 } as const;
const levels: Record<ConfiguredLevel, LogLevel> = {
  error: 'error',
  warn: 'warning',
  info: 'info',
  debug: 'debug',
};

function openLog(level: LogLevel): Logger {
  const readable = process.stdout.isTTY && process.env['CORDBOARD_LOG'] !== 'json';
  const print = readable ? readableLine : jsonLine;
  return createLogger(entry => process.stdout.write(print(entry, new Date())), level);
}

function stopOnSignals(server: Server, logger: Logger, beforehand: () => void): void {
  let stopping = false;
  const stop = (signal: NodeJS.Signals) => {
    if (stopping) return;
    stopping = true;
    beforehand();
    logger.info('the server stops', { signal });
    void server.close({ switchToo: signal === 'SIGINT' }).then(() => {
      logger.info('the server has stopped');
      process.exitCode = 0;
    });
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      config: { type: 'string' },
      data: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return;
  }
  const early = openLog('info');
  const load: LoadOptions = {
    file: values.config ?? (existsSync(demo) ? demo : 'cordboard.yaml'),
    environment: process.env,
    log: line => early.info(line),
    ...(values.data !== undefined && { dataFolder: values.data }),
  };
  const loaded = await loadConfiguration(load);
  if (!loaded.ok) {
    for (const problem of loaded.problems) process.stderr.write(`${formatProblem(problem)}\n`);
    process.exitCode = exitCodes.badConfiguration;
    return;
  }
  const { configuration } = loaded;
  const logger = openLog(levels[configuration.logLevel]);
  logger.info('the server starts', {
    configuration: configuration.file,
    data: configuration.dataFolder,
    process: process.pid,
  });
  process.stdout.on('error', () => {
    // whoever read the log is gone; the calls are not
  });
  const server = await startServer({ configuration, environment: process.env, logger });
  const reload = reloadOnSignal({
    ...load,
    log: line => logger.info(line),
    current: configuration,
    onChange: next => server.reconfigure(next),
  });
  stopOnSignals(server, logger, reload.stop);
}

try {
  await main();
} catch (thrown) {
  process.stderr.write(`the server could not start: ${errorText(thrown)}\n`);
  process.exitCode = exitCodes.failed;
}
