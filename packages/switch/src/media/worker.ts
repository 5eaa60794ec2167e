import { parentPort, workerData } from 'node:worker_threads';
import type { LegId } from '../control/protocol.ts';
import { builtInSounds } from './built-in-sounds.ts';
import { startClock, tickLength } from './clock.ts';
import { createCounters, type MediaStats } from './counters.ts';
import type { MediaEngineOptions } from './engine.ts';
import { createExchange } from './exchange.ts';
import type { MediaPipe } from './pipe.ts';
import { createPortPool } from './port-pool.ts';
import { openRecordingFile } from './recorder.ts';
import { createSecurePipe, type SecurePipe } from './secure-pipe.ts';
import { createSecurePool, type SecurePool } from './secure-pool.ts';
import { createSoundLibrary } from './sound-library.ts';
import { codeTones, etsiCadences } from './tones.ts';
import type { UdpPipe } from './udp-pipe.ts';
import type { ToEngine, ToWorker } from './worker-messages.ts';

/** How long sockets that were given back wait to be offered together, ms. */
const offerPause = 10 * tickLength;
/** ways to browsers kept ready: as many as begin, or begin anew, at one moment */
const preparedTransports = 4;

/** The thread: wires exchange, sockets and clock together and does what the engine's face says. */
function run(options: MediaEngineOptions, port: NonNullable<typeof parentPort>): void {
  const tell = (message: ToEngine) => port.postMessage(message);
  const now = () => performance.now();
  const counters = createCounters();
  /** sockets that the engine's face has not been told of: nobody waits for one as long as it has others */
  let offers: number[] = [];
  let somebodyWaits = false;

  function offerAll(): void {
    if (offers.length > 0) tell({ type: 'ports', ports: offers });
    offers = [];
    somebodyWaits = false;
  }

  function offerLater(free: number): void {
    offers.push(free);
    if (somebodyWaits) offerAll();
    else if (offers.length === 1) setTimeout(offerAll, offerPause);
  }

  const pool = createPortPool({
    address: options.address,
    ports: options.ports,
    warm: options.warmSockets ?? 64,
    counters,
    offer: offerLater,
    exhausted: () => tell({ type: 'noPort' }),
  });
  const pipes = new Map<string, UdpPipe>();
  const securePipes = new Map<string, SecurePipe>();
  let securePool: SecurePool | undefined;
  const exchange = createExchange({
    emit: event => tell({ type: 'event', event }),
    now,
    random: Math.random,
    library: createSoundLibrary(options.soundFolder, now, builtInSounds),
    tones: codeTones(etsiCadences),
    counters,
    openFile: openRecordingFile,
    silentSeconds: options.silentSeconds ?? 30,
  });
  const clock = startClock(now, exchange.tick, () => exchange.legs > 0);

  /** The library is loaded in this thread only: loaded a second time in a process it ends it. */
  async function prepareForBrowsers(): Promise<void> {
    try {
      const library = await import('node-datachannel');
      securePool = createSecurePool({
        library,
        address: options.address,
        ports: options.ports,
        warm: preparedTransports,
        offer: transport => tell({ type: 'secure', transport }),
      });
    } catch (error) {
      tell({ type: 'noSecure', why: error instanceof Error ? error.message : String(error) });
    }
  }

  function takeSecure(leg: string, id: number): void {
    const connection = securePool?.take(id);
    if (!connection) throw new Error(`transport ${id} was taken twice`);
    const known = securePipes.get(leg);
    if (known) {
      known.replace(connection);
      return;
    }
    const pipe = createSecurePipe(connection, counters);
    securePipes.set(leg, pipe);
    open(leg, pipe);
  }

  function open(leg: LegId, pipe: MediaPipe): void {
    exchange.open(leg, pipe);
    clock.wake();
  }

  function stats(): MediaStats {
    const { ticks, skipped, worstDelay } = clock.state;
    clock.state.worstDelay = 0;
    return {
      ...counters,
      legs: exchange.legs,
      recordings: exchange.recordings,
      portsFree: pool.free,
      ticks,
      ticksSkipped: skipped,
      worstTickDelay: worstDelay,
    };
  }

  async function stop(): Promise<void> {
    clock.stop();
    await exchange.stop();
    pool.close();
    for (const pipe of securePipes.values()) pipe.close();
    await prepared;
    await securePool?.ended();
    port.close();
  }

  function obey(message: ToWorker): void {
    switch (message.type) {
      case 'open': {
        const pipe = pool.take(message.port);
        if (!pipe) throw new Error(`port ${message.port} was taken twice`);
        pipes.set(message.leg, pipe);
        open(message.leg, pipe);
        return;
      }
      case 'openSecure':
      case 'renewSecure':
        takeSecure(message.leg, message.id);
        return;
      case 'wanted':
        somebodyWaits = true;
        if (offers.length > 0) offerAll();
        else pool.want();
        return;
      case 'setRemote':
        if (message.remote.secure) securePipes.get(message.leg)?.connection.meet(message.remote.secure);
        exchange.setRemote(message.leg, message.remote);
        return;
      case 'setMedia':
        exchange.setMedia(message.leg, message.media);
        return;
      case 'awaitSpeech':
        exchange.awaitSpeech(message.leg);
        return;
      case 'sendDigits':
        exchange.sendDigits(message.leg, message.digits);
        return;
      case 'announce':
        exchange.announce(message.leg, message.sound);
        return;
      case 'startRecording':
        exchange.startRecording(message.leg, message.path);
        return;
      case 'pauseRecording':
        exchange.pauseRecording(message.leg, message.on);
        return;
      case 'stopRecording':
        exchange.stopRecording(message.leg);
        return;
      case 'close': {
        exchange.close(message.leg);
        const pipe = pipes.get(message.leg);
        pipes.delete(message.leg);
        if (pipe) pool.giveBack(pipe);
        securePipes.get(message.leg)?.close();
        securePipes.delete(message.leg);
        return;
      }
      case 'stats':
        tell({ type: 'stats', id: message.id, stats: stats() });
        return;
      case 'stop':
        void stop();
    }
  }

  const prepared = options.browsers ? prepareForBrowsers() : undefined;
  port.on('message', (messages: ToWorker[]) => {
    for (const message of messages) obey(message);
  });
}

if (!parentPort) throw new Error('the media engine runs as a worker thread');
run(workerData as MediaEngineOptions, parentPort);
