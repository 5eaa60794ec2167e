import { Worker } from 'node:worker_threads';
import type { LegId } from '../control/protocol.ts';
import { tickLength } from './clock.ts';
import type { MediaStats } from './counters.ts';
import {
  type MediaEngine,
  type MediaEngineOptions,
  type MediaEvent,
  NoBrowsers,
  NoPortFree,
  type OpenedMedia,
} from './engine.ts';
import type { OfferedTransport, ToEngine, ToWorker } from './worker-messages.ts';

interface Waiting {
  opened: Promise<OpenedMedia>;
  resolve(where: OpenedMedia): void;
  reject(error: Error): void;
}

/** The face of the thread. Ports come from it in advance, so that `open` is answered on the spot. */
export function createMediaEngine(options: MediaEngineOptions): MediaEngine {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: options });
  /** ports of bound sockets that no leg has: taking one needs no answer from the worker */
  const free: number[] = [];
  /** who waits for a port, in order */
  const waiting = new Map<LegId, Waiting>();
  const ports = new Map<LegId, number>();
  /** prepared ways to browsers, and who waits for one; `noBrowsers`: why there will be none */
  const freeSecure: OfferedTransport[] = [];
  const waitingSecure = new Map<LegId, Waiting>();
  const secureLegs = new Map<LegId, OpenedMedia>();
  let noBrowsers = options.browsers === true ? undefined : new NoBrowsers('they are switched off');
  const handlers: ((event: MediaEvent) => void)[] = [];
  const failureHandlers: ((error: Error) => void)[] = [];
  const statistics = new Map<number, { resolve(stats: MediaStats): void; reject(error: Error): void }>();
  let statisticsAsked = 0;
  let ended: Error | undefined;
  let stopping = false;

  /** what this turn of the event loop has for the thread: waking it costs more than all that it is told */
  let untold: ToWorker[] = [];

  let telling = false;
  let timer: NodeJS.Timeout | undefined;

  function tellAll() {
    clearTimeout(timer);
    timer = undefined;
    telling = false;
    worker.postMessage(untold);
    untold = [];
  }

  function tell(message: ToWorker) {
    untold.push(message);
    if (telling) return;
    telling = true;
    setImmediate(tellAll);
  }

  /** For what nobody hears yet, or any more: it goes with the next that somebody does, or after a tick. */
  function tellLater(message: ToWorker) {
    untold.push(message);
    if (!telling) timer ??= setTimeout(tellAll, tickLength);
  }

  function take(leg: LegId, port: number): OpenedMedia {
    ports.set(leg, port);
    // its phone has not been told the port yet
    tellLater({ type: 'open', leg, port });
    return { address: options.address, port };
  }

  function takeSecure(
    type: 'openSecure' | 'renewSecure',
    leg: LegId,
    transport: OfferedTransport,
  ): OpenedMedia {
    const { id, port, secure } = transport;
    const opened = { address: options.address, port, secure };
    secureLegs.set(leg, opened);
    tell({ type, leg, id });
    return opened;
  }

  function secureOffered(transport: OfferedTransport) {
    const [first] = waitingSecure;
    if (first === undefined) {
      freeSecure.push(transport);
      return;
    }
    const [leg, { resolve }] = first;
    waitingSecure.delete(leg);
    resolve(takeSecure('openSecure', leg, transport));
  }

  function refuse(those: Map<LegId, Waiting>, error: Error) {
    const refused = [...those.values()];
    those.clear();
    for (const one of refused) one.reject(error);
  }

  function wait(those: Map<LegId, Waiting>, leg: LegId): Promise<OpenedMedia> {
    const { promise, resolve, reject } = Promise.withResolvers<OpenedMedia>();
    those.set(leg, { opened: promise, resolve, reject });
    return promise;
  }

  function stopWaiting(those: Map<LegId, Waiting>, leg: LegId) {
    those.get(leg)?.reject(new Error('the leg was closed before it had a port'));
    those.delete(leg);
  }

  function end(error: Error) {
    if (ended) return;
    ended = error;
    refuse(waiting, error);
    refuse(waitingSecure, error);
    for (const one of statistics.values()) one.reject(error);
    statistics.clear();
    if (!stopping) for (const handler of failureHandlers) handler(error);
  }

  function received(message: ToEngine) {
    switch (message.type) {
      case 'ports':
        for (const port of message.ports) {
          const [first] = waiting.keys();
          if (first === undefined) free.push(port);
          else {
            waiting.get(first)?.resolve(take(first, port));
            waiting.delete(first);
          }
        }
        return;
      case 'noPort':
        refuse(waiting, new NoPortFree());
        return;
      case 'secure':
        secureOffered(message.transport);
        return;
      case 'noSecure':
        noBrowsers = new NoBrowsers(message.why);
        refuse(waitingSecure, noBrowsers);
        return;
      case 'event':
        for (const handler of handlers) handler(message.event);
        return;
      case 'stats':
        statistics.get(message.id)?.resolve(message.stats);
        statistics.delete(message.id);
    }
  }

  worker.on('message', received);
  worker.on('error', error => end(error instanceof Error ? error : new Error(String(error))));
  worker.on('exit', code => end(new Error(`the media thread ended with code ${code}`)));

  return {
    open(leg) {
      if (ended) return Promise.reject(ended);
      const known = ports.get(leg);
      if (known !== undefined) return { address: options.address, port: known };
      const pending = waiting.get(leg);
      if (pending) return pending.opened;
      const port = free.shift();
      if (port !== undefined) return take(leg, port);
      tell({ type: 'wanted' });
      return wait(waiting, leg);
    },
    openSecure(leg) {
      const refusal = ended ?? noBrowsers;
      if (refusal) return Promise.reject(refusal);
      const known = secureLegs.get(leg);
      if (known) return known;
      const pending = waitingSecure.get(leg);
      if (pending) return pending.opened;
      const transport = freeSecure.shift();
      return transport ? takeSecure('openSecure', leg, transport) : wait(waitingSecure, leg);
    },
    renewSecure(leg) {
      const transport = secureLegs.has(leg) ? freeSecure.shift() : undefined;
      return transport && takeSecure('renewSecure', leg, transport);
    },
    // a phone that has just agreed hears nothing before it is given media; a browser needs its time to connect
    setRemote: (leg, remote) => (remote.secure ? tell : tellLater)({ type: 'setRemote', leg, remote }),
    setMedia: (leg, media) => (media.type === 'none' ? tellLater : tell)({ type: 'setMedia', leg, media }),
    awaitSpeech: leg => tellLater({ type: 'awaitSpeech', leg }),
    sendDigits: (leg, digits) => tell({ type: 'sendDigits', leg, digits }),
    announce: (leg, sound) => tell({ type: 'announce', leg, sound }),
    startRecording: (leg, path) => tell({ type: 'startRecording', leg, path }),
    pauseRecording: (leg, on) => tell({ type: 'pauseRecording', leg, on }),
    stopRecording: leg => tell({ type: 'stopRecording', leg }),
    close(leg) {
      if (ports.delete(leg) || secureLegs.delete(leg)) tellLater({ type: 'close', leg });
      stopWaiting(waiting, leg);
      stopWaiting(waitingSecure, leg);
    },
    onEvent(handler) {
      handlers.push(handler);
    },
    onFailure(handler) {
      failureHandlers.push(handler);
    },
    async stats() {
      if (ended) throw ended;
      const id = ++statisticsAsked;
      return new Promise((resolve, reject) => {
        statistics.set(id, { resolve, reject });
        tell({ type: 'stats', id });
      });
    },
    async stop() {
      if (ended) return;
      stopping = true;
      await new Promise<void>(resolve => {
        worker.once('exit', () => resolve());
        tell({ type: 'stop' });
      });
    },
  };
}
