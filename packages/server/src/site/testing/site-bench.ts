import { createManualClock, type ManualClock } from '@cordboard/contract/testing';
import type { SiteConfiguration } from '@cordboard/core';
import { createLogger, type LogEntry } from '../../logging/logger.ts';
import { createMemoryJournal, type MemoryJournal } from '../../store/memory-journal.ts';
import { createSite, type Site } from '../site.ts';
import type { SiteBounds } from '../site-options.ts';
import type { StreamText } from '../stream-rings.ts';
import { type AwkwardJournal, createAwkwardJournal } from './awkward-journal.ts';
import { createFakeCallManager, type FakeCallManager } from './fake-call-manager.ts';
import { type TallyState, tallyCore } from './tally-core.ts';

/** A site over fakes, and everything that it showed. */
export interface SiteBench {
  site: Site;
  clock: ManualClock;
  memory: MemoryJournal;
  journal: AwkwardJournal;
  callManager: FakeCallManager;
  published: StreamText[];
  log: LogEntry[];
  /** the state as the core has it now, durable or not */
  state(): TallyState;
}

export interface BenchOptions {
  memory?: MemoryJournal;
  callManager?: FakeCallManager;
  clock?: ManualClock;
  bounds?: Partial<SiteBounds>;
  onPublish?: (items: StreamText[]) => void;
}

export const startTime = Date.UTC(2026, 0, 5, 8);

/** Not started yet. What is given stands for what outlives a server. */
export function createBench(options: BenchOptions = {}): SiteBench {
  const clock = options.clock ?? createManualClock(startTime);
  const memory = options.memory ?? createMemoryJournal();
  const journal = createAwkwardJournal(memory);
  const callManager = options.callManager ?? createFakeCallManager();
  const published: StreamText[] = [];
  const log: LogEntry[] = [];
  let state = tallyCore.create();
  const keep = (next: TallyState): TallyState => {
    state = next;
    return next;
  };
  const site = createSite({
    site: 7,
    core: {
      ...tallyCore,
      create: () => keep(tallyCore.create()),
      load: saved => keep(tallyCore.load(saved)),
    },
    journal,
    callManager,
    clock,
    logger: createLogger(entry => log.push(entry), 'debug'),
    configuration: { site: { id: 7, name: 'bench' } } as SiteConfiguration,
    publish(items) {
      published.push(...items);
      options.onPublish?.(items);
    },
    newStream: () => `stream-${clock.now()}`,
    ...(options.bounds && { bounds: options.bounds }),
  });
  return { site, clock, memory, journal, callManager, published, log, state: () => state };
}

/** Lets everything that is ready happen. */
export const settle = () => new Promise<void>(resolve => setImmediate(resolve));

export const ready = (bench: SiteBench, agentId: number, requestId: string, status = true) =>
  bench.site.request(agentId, requestId, { method: 'setReadyStatus', arguments: { status } });

export const arrival = (leg: string, calledNumber = '100') =>
  ({
    type: 'arrived',
    leg,
    extension: '',
    callerNumber: '0701',
    callerName: '',
    calledNumber,
    remoteAddress: '127.0.0.1',
  }) as const;
