import { randomUUID } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { systemClock } from '@cordboard/contract';
import { groupFigures } from '@cordboard/core';
import type { ServerConfiguration, SiteSetup } from './configuration/configuration.ts';
import { createDeskReads } from './gateway/desk/desk-reads.ts';
import { type Gateway, openGateway } from './gateway/gateway.ts';
import { toLogonDirectory } from './gateway/logon-directory.ts';
import { presenceIn } from './gateway/presence.ts';
import { createRecordingPages } from './gateway/recordings/recording-pages.ts';
import { softphonesOf } from './gateway/softphones-of-site.ts';
import { readTokenKey } from './gateway/token-key.ts';
import { healthOf, healthPage } from './health/health.ts';
import { createMetrics } from './health/metrics.ts';
import { trunksNow } from './health/trunks.ts';
import { errorText, type Logger } from './logging/logger.ts';
import { createSite, type Site } from './site/site.ts';
import { voiceCore } from './site/voice-core.ts';
import { openCallHistory } from './store/call-history.ts';
import { callProjection } from './store/call-projection.ts';
import { createPostgresJournal } from './store/postgres-journal.ts';
import { prepareSchema } from './store/prepare-schema.ts';
import { startProjector, together } from './store/projector.ts';
import { recordingProjection } from './store/recording-projection.ts';
import { openRecordingStore } from './store/recordings.ts';
import { startRetention } from './store/retention.ts';
import { type Database, openDatabase } from './supervision/database.ts';
import { controlSocketPath } from './telephony/control-socket-path.ts';
import { openSwitch } from './telephony/open-switch.ts';

export interface ServerOptions {
  configuration: ServerConfiguration;
  /** DATABASE_URL and PATH are read */
  environment: NodeJS.ProcessEnv;
  logger: Logger;
}

export interface Server {
  /** where the gateway listens */
  readonly address: { host: string; port: number };
  readonly site: Site;
  /** Takes what can change while the server runs: users, groups, extensions. */
  reconfigure(configuration: ServerConfiguration): Promise<void>;
  /** Agents and calls stay as they are, for the next server. `switchToo` ends the switch and its calls. */
  close(options?: { switchToo?: boolean }): Promise<void>;
}

/** Starts everything, in order: database, journal, switch, site, gateway. What was started is ended again if the rest cannot be. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const { configuration, environment, logger } = options;
  const setup = onlySite(configuration);
  const { dataFolder } = configuration;
  const ending = new Ending(logger);
  try {
    await mkdir(dataFolder, { recursive: true });
    const database = await openDatabase({ dataFolder, environment, log: line => logger.info(line) });
    ending.add('database', () => database.close());
    const applied = await prepareSchema(database.connection);
    if (applied.length > 0) logger.info('the database was migrated', { to: applied.at(-1) });
    return await startSite({ ...options, setup, database, ending });
  } catch (thrown) {
    await ending.run();
    throw thrown;
  }
}

interface SiteStart extends ServerOptions {
  setup: SiteSetup;
  database: Database;
  ending: Ending;
}

async function startSite({ setup, database, ending, ...options }: SiteStart): Promise<Server> {
  const { configuration, logger } = options;
  const { dataFolder } = configuration;
  const { id } = setup.configuration.site;
  const tokenKey = await readTokenKey(path.join(dataFolder, 'gateway.key'));
  const softphones = softphonesOf({
    key: tokenKey,
    setup: setup.callManager,
    agents: () => site.read()?.state.agents,
    changed: () => telephony.provisionSoftphones(),
  });
  const telephony = await openSwitch({
    site: id,
    dataFolder,
    setup: setup.callManager,
    softphones: softphones.credentials,
    clock: systemClock,
    logger,
  });
  ending.add('switch', async () => telephony.leave());
  const projector = startProjector({
    connection: database.connection,
    site: id,
    projection: together(callProjection, recordingProjection),
    log: line => logger.warning(line),
  });
  ending.add('projector', () => projector.close());
  const gateway: { opened: Gateway | null } = { opened: null };
  const lag = () => Math.max(0, (site.read()?.last ?? 0) - projector.position);
  const metrics = createMetrics({
    groups: () => groupFigures(present(site.read()).state, systemClock.now()),
    connections: () => gateway.opened?.connections ?? 0,
    waiting: () => site.waiting,
    database: () => database.state(),
    projectionLag: lag,
    callManager: () => telephony.stats(),
  });
  const health = async () =>
    healthPage(
      healthOf({
        site: site.status,
        waiting: site.waiting,
        callManager: telephony.attached ? 'attached' : 'lost',
        trunks: await trunksNow(telephony.stats),
        database: database.state(),
        journal: { last: site.read()?.last ?? 0, projected: projector.position },
      }),
    );
  const site = createSite({
    site: id,
    core: voiceCore,
    journal: createPostgresJournal({
      connection: database.connection,
      site: id,
      // an earlier server on this very data folder is dead: its lease need not run out
      ...(database.exclusive && { owner: 'the server of this data folder' }),
    }),
    callManager: telephony,
    clock: systemClock,
    logger,
    configuration: setup.configuration,
    publish: items => gateway.opened?.publish(items),
    newStream: randomUUID,
    observer: metrics.observer,
  });
  ending.add('site', () => site.close());
  let directory = toLogonDirectory(setup);
  let { retentionDays } = setup.recordings;
  const { recordingFolder } = setup.callManager;
  const recordings = openRecordingStore(database.connection, id);
  ending.add('recordings', () => recordings.close());
  const retention = startRetention({
    store: recordings,
    folder: recordingFolder,
    days: () => retentionDays,
    clock: systemClock,
    logger,
  });
  ending.add('retention', () => retention.close());
  const history = openCallHistory(database.connection, id);
  ending.add('history', () => history.close());
  const opened = await openGateway({
    listen: configuration.gateway,
    tls: configuration.tls && {
      certificate: await readFile(configuration.tls.certificate, 'utf8'),
      key: await readFile(configuration.tls.key, 'utf8'),
    },
    observerToken: configuration.observerToken,
    allowPlainHttp: configuration.allowPlainHttp,
    allowedOrigins: configuration.allowedOrigins,
    site,
    directory: () => directory,
    tokenKey,
    softphones,
    tokenSeconds: setup.configuration.timers.lostClientSeconds,
    pages: { '/health': health, '/metrics': metrics.page },
    recordings: createRecordingPages({
      store: recordings,
      folder: recordingFolder,
      listener: agentId => site.read()?.state.directory.users.get(agentId),
    }),
    reads: createDeskReads({ state: () => site.read()?.state ?? null, history, clock: systemClock }),
    presence: presenceIn(() => site.read()?.state),
    ...(configuration.web && {
      web: {
        ...configuration.web,
        runFolder: path.dirname(controlSocketPath(dataFolder, id)),
        logFolder: path.join(dataFolder, 'logs', 'web'),
      },
    }),
    clock: systemClock,
    logger,
  });
  gateway.opened = opened;
  ending.add('gateway', () => opened.close());
  logger.info('the gateway listens', { ...opened.address, tls: configuration.tls !== null });
  await site.start();
  logger.info('the site runs', { site: id, name: setup.configuration.site.name });

  return {
    address: opened.address,
    site,
    async reconfigure(next) {
      const changed = onlySite(next);
      directory = toLogonDirectory(changed);
      retentionDays = changed.recordings.retentionDays;
      telephony.provision(changed.callManager);
      const answer = await site.configure(changed.configuration);
      if (!answer.ok)
        logger.warning('the site did not take the configuration', { reason: answer.refusal.reason });
    },
    async close({ switchToo = false } = {}) {
      if (switchToo) ending.add('switch process', () => telephony.stop());
      await ending.run([
        'gateway',
        'site',
        'projector',
        'retention',
        'recordings',
        'history',
        'switch',
        'switch process',
        'database',
      ]);
    },
  };
}

/** Several sites in one server come with the gateway that serves several. */
function onlySite({ sites, file }: ServerConfiguration): SiteSetup {
  const [site, ...more] = sites;
  if (site === undefined || more.length > 0) {
    throw new Error(`${file} names ${sites.length} sites; this release runs one site a server`);
  }
  return site;
}

function present<Value>(value: Value | null): Value {
  if (value === null) throw new Error('the site has no state now');
  return value;
}

/** What has to be ended, each once. */
class Ending {
  readonly #logger: Logger;
  #parts: { name: string; end: () => Promise<void> }[] = [];

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  add(name: string, end: () => Promise<void>): void {
    this.#parts.push({ name, end });
  }

  /** In the given order, else the newest first. One that fails does not keep the others from ending. */
  async run(order?: string[]): Promise<void> {
    const parts = this.#parts.reverse();
    this.#parts = [];
    if (order !== undefined) parts.sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
    for (const { name, end } of parts) {
      await end().catch(thrown =>
        this.#logger.error(`the ${name} did not end in order`, { reason: errorText(thrown) }),
      );
    }
  }
}
