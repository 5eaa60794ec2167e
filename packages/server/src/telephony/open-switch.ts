import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '@cordboard/contract';
import { ensureDemoSounds, type SwitchSoftphone } from '@cordboard/switch';
import type { CallManagerSetup } from '../configuration/configuration.ts';
import type { Logger } from '../logging/logger.ts';
import { controlSocketPath } from './control-socket-path.ts';
import { nextControllerEpoch } from './controller-epoch.ts';
import { createEmbeddedSwitch, type EmbeddedSwitch } from './embedded-switch.ts';
import { keepSwitch } from './switch-process.ts';

export interface OpenSwitchOptions {
  site: number;
  dataFolder: string;
  setup: CallManagerSetup;
  softphones?(): readonly SwitchSoftphone[];
  clock: Clock;
  logger: Logger;
}

export interface OpenedSwitch extends EmbeddedSwitch {
  /** the calls go on */
  leave(): void;
  /** the calls end */
  stop(): Promise<void>;
}

/** The embedded switch of a site: its folders, its settings, its process and the link to it. */
export async function openSwitch({
  site,
  dataFolder,
  setup,
  softphones,
  clock,
  logger,
}: OpenSwitchOptions): Promise<OpenedSwitch> {
  const run = path.join(dataFolder, 'run');
  const controlSocket = controlSocketPath(dataFolder, site);
  for (const folder of [run, setup.recordingFolder]) await mkdir(folder, { recursive: true, mode: 0o700 });
  await mkdir(setup.soundFolder, { recursive: true });
  if ((await readdir(setup.soundFolder)).length === 0) {
    logger.info('the sound folder is empty: making greetings and music', { folder: setup.soundFolder });
    await ensureDemoSounds(setup.soundFolder);
  }
  const settings = {
    sip: listened(setup.sip),
    soundFolder: setup.soundFolder,
    recordingFolder: setup.recordingFolder,
    controlSocket,
    logFile: path.join(dataFolder, 'logs', `switch-${site}.log`),
  };
  const settingsFile = path.join(run, `switch-${site}.json`);
  const keeper = keepSwitch({
    settingsFile,
    controlSocket,
    settings,
    attached: () => adapter.attached,
    clock,
    logger,
  });
  const adapter: EmbeddedSwitch = createEmbeddedSwitch({
    controlSocket,
    realm: setup.realm,
    extensions: setup.extensions,
    ...(softphones && { softphones }),
    trunks: setup.trunks,
    outside: setup.outside,
    nextEpoch: () => nextControllerEpoch(path.join(run, `switch-${site}.epoch`), Date.now()),
    needed: keeper.ensure,
    logger,
  });
  return {
    get attached() {
      return adapter.attached;
    },
    attach: adapter.attach,
    provision: adapter.provision,
    provisionSoftphones: adapter.provisionSoftphones,
    stats: adapter.stats,
    leave: keeper.close,
    stop: keeper.stop,
  };
}

/** What pages are told of the address is nothing to the switch. */
function listened({ webSocket, ...plain }: CallManagerSetup['sip']) {
  if (webSocket === undefined) return plain;
  const { url: _told, ...listen } = webSocket;
  return { ...plain, webSocket: listen };
}
