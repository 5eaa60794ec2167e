import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { SwitchRunningError } from './control/socket-path.ts';
import { tolerateFaults } from './fault-tolerance.ts';
import { createLog, type Log } from './log.ts';
import { createMediaEngine } from './media/create-media-engine.ts';
import type { MediaEngine } from './media/engine.ts';
import { readSettings, SettingsError, type SwitchSettings } from './settings.ts';
import type { CertificateNotice } from './sip/transport/certificate-files.ts';
import { openSockets } from './sip/transport/sockets.ts';
import { createSwitch, defaultSessionTimer, type Switch } from './switch.ts';

/** How the process ended, for the one who started it. */
const exitCodes = { stopped: 0, failed: 1, badSettings: 2, alreadyRunning: 3 } as const;

function loadSettings(path: string | undefined): SwitchSettings {
  if (path === undefined) throw new SettingsError(['usage: main.ts SETTINGS.json']);
  const settings = readSettings(readFileSync(path, 'utf8'));
  const sounds = readdirSync(settings.soundFolder);
  const missing = settings.musicClasses.filter(name => !sounds.includes(`music-${name}.wav`));
  if (missing.length > 0) throw new SettingsError(missing.map(name => `musicClasses: no music-${name}.wav`));
  return settings;
}

async function start(settings: SwitchSettings, log: Log, failed: (error: Error) => void): Promise<Switch> {
  mkdirSync(settings.recordingFolder, { recursive: true, mode: 0o700 });
  const { host, port, webSocket, tls } = settings.sip;
  const engine = createMediaEngine({
    address: host,
    soundFolder: settings.soundFolder,
    silentSeconds: settings.rtpSilenceSeconds,
    browsers: webSocket !== undefined,
    ...(settings.rtp === undefined ? {} : { ports: settings.rtp }),
  });
  try {
    const made = await createSwitch({
      engine,
      openTransport: handlers =>
        openSockets(host, port, handlers, {
          ...(webSocket && { webSocket }),
          ...(tls && { tls: { ...tls, noticed: notice => tellOfCertificate(notice, log) } }),
        }),
      controlSocket: settings.controlSocket,
      recordingFolder: settings.recordingFolder,
      ...(settings.registrationsFile === undefined ? {} : { registrationsFile: settings.registrationsFile }),
      trunks: settings.trunks,
      sessionTimer: { ...defaultSessionTimer, interval: settings.sessionTimerSeconds },
      mediaFailed: failed,
      trunkChanged: status => log.write(status.up ? 'info' : 'warn', `trunk ${JSON.stringify(status)}`),
    });
    if (webSocket !== undefined) tellWhetherBrowsers(engine, log);
    made.onReport(report => log.write('debug', JSON.stringify(report)));
    return made;
  } catch (error) {
    await engine.stop();
    throw error;
  }
}

function tellOfCertificate(notice: CertificateNotice, log: Log): void {
  if (notice.type === 'renewed')
    log.write('info', `the certificate for TLS was read again, it is valid to ${notice.validTo}`);
  else log.write('error', `the certificate for TLS was changed and cannot be used: ${notice.reason}`);
}

/** Without the library everything else works, so that is said and no more. */
function tellWhetherBrowsers(engine: MediaEngine, log: Log): void {
  void Promise.resolve(engine.openSecure('trial'))
    .then(() => log.write('info', 'browser phones can be used'))
    .catch((error: Error) => log.write('error', error.message))
    .finally(() => engine.close('trial'));
}

/** The library for browsers can keep a process from ending in which it was not closed before. */
function endAtOnce(settings: SwitchSettings): void {
  if (settings.sip.webSocket === undefined) process.exit(exitCodes.failed);
  else process.kill(process.pid, 'SIGKILL');
}

function exitCodeOf(error: unknown): number {
  if (error instanceof SettingsError) return exitCodes.badSettings;
  if (error instanceof SwitchRunningError) return exitCodes.alreadyRunning;
  return exitCodes.failed;
}

async function main(): Promise<void> {
  const settings = loadSettings(process.argv[2]);
  const log = createLog(settings.logFile, settings.logLevel, () => new Date());
  let stopping = false;
  let running: Switch | undefined;

  async function stop(code: number): Promise<void> {
    if (stopping) return;
    stopping = true;
    await running?.close();
    log.write('info', 'stopped');
    process.exit(code);
  }

  // It outlives whoever started it: neither a terminal that hangs up nor a closed pipe ends it.
  process.on('SIGHUP', () => {});
  process.stdout.on('error', () => {});
  process.stderr.on('error', () => {});
  process.on('SIGTERM', () => void stop(exitCodes.stopped));
  process.on('SIGINT', () => void stop(exitCodes.stopped));
  try {
    running = await start(settings, log, error => {
      log.write('error', `media failed: ${error.message}`);
      void stop(exitCodes.failed);
    });
  } catch (error) {
    log.write('error', error instanceof Error ? error.message : String(error));
    throw error;
  }
  const onFault = tolerateFaults(
    () => Date.now(),
    error => log.write('error', error instanceof Error ? (error.stack ?? error.message) : String(error)),
    () => endAtOnce(settings),
  );
  process.on('uncaughtException', onFault);
  process.on('unhandledRejection', onFault);
  log.write('info', `started, instance ${running.control.instance}, process ${process.pid}`);
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(exitCodeOf(error));
}
