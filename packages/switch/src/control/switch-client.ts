import { createConnection, type Socket } from 'node:net';
import { createLineReader } from './line-reader.ts';
import { createLineWriter, type LineWriter } from './line-writer.ts';
import type {
  Attach,
  Attached,
  Command,
  CommandResult,
  Provision,
  Report,
  SwitchLine,
  SwitchStats,
} from './protocol.ts';

export interface SwitchClientOptions {
  path: string;
  /** higher than that of any controller before */
  epoch: number;
  /** the last report that was made durable, and by which instance it was made */
  position?: { instance: string; after: number };
  /** milliseconds that what nobody waits for may wait, both ways: acknowledgements, and results of commands that were taken; 20 */
  patience?: number;
  /** reports, one after the other: the next one waits for the promise */
  onReport(report: Report): void | Promise<void>;
  /** after the missed reports of each attach, in order with them */
  onAttached(attached: Attached['attached']): void | Promise<void>;
  /** the connection was lost; it is being made again */
  onLost?(): void;
  /** a later controller has taken the switch: this client is closed for good */
  onReplaced?(): void;
  /** a handler failed: a bug of its owner; the reports go on */
  onError?(error: unknown): void;
}

export interface SwitchClient {
  /** `id` is unique for ever; sent again after a reconnect until its result comes. Rejects only when the client closes. */
  send(id: string, command: Command): Promise<CommandResult>;
  /** what the registrar knows; said again after each reconnect */
  provision(provision: Provision['provision']): void;
  /** reports up to this number of the instance attached to are durable */
  acknowledge(seq: number): void;
  stats(): Promise<SwitchStats>;
  readonly attached: boolean;
  close(): void;
}

export class SwitchClientClosedError extends Error {
  override readonly name = 'SwitchClientClosedError';
}

const firstPause = 20;
const longestPause = 1_000;
/** The switch sends no line longer than an inventory of all its legs. */
const maximumLine = 64 << 20;

interface Pending {
  command: Command;
  resolve(result: CommandResult): void;
  reject(error: Error): void;
}

/**
 * The controller's end of the control socket.
 *
 *   connecting --connect--> attaching --attached line--> attached
 *       ^---- pause <----- connection lost -----------------'
 *   any --close, staleEpoch--> closed
 */
export function createSwitchClient(options: SwitchClientOptions): SwitchClient {
  let state: 'connecting' | 'attaching' | 'attached' | 'closed' = 'connecting';
  let socket: Socket | undefined;
  let writer: LineWriter | undefined;
  let pause = firstPause;
  let pauseTimer: NodeJS.Timeout | undefined;
  let position = options.position;
  let provisioned: Provision | undefined;
  const pending = new Map<string, Pending>();
  let waitingStats: { resolve(stats: SwitchStats): void; reject(error: Error): void }[] = [];
  let handled: Promise<void> = Promise.resolve();

  function connect(): void {
    state = 'connecting';
    const made = createConnection(options.path);
    socket = made;
    const read = createLineReader(text => {
      const line = parseLine(text);
      if (line === undefined) made.destroy();
      else onLine(line);
    }, maximumLine);
    made.on('connect', () => {
      state = 'attaching';
      writer = createLineWriter(made);
      writer.write({ attach: attachFields() });
    });
    made.on('data', chunk => {
      if (!read(chunk)) made.destroy();
    });
    made.on('error', () => {});
    made.on('close', () => onClosed(made));
  }

  function attachFields(): Attach['attach'] {
    const { epoch, patience } = options;
    return { epoch, ...position, ...(patience !== undefined && { patience }) };
  }

  function onClosed(made: Socket): void {
    if (socket !== made || state === 'closed') return;
    const lost = state === 'attached';
    state = 'connecting';
    writer = undefined;
    for (const { reject } of waitingStats.splice(0)) reject(new SwitchClientClosedError('connection lost'));
    if (lost) options.onLost?.();
    pauseTimer = setTimeout(connect, pause);
    pause = Math.min(2 * pause, longestPause);
  }

  /** Handlers run one at a time, in the order of the lines. */
  function handle(act: () => void | Promise<void>): void {
    handled = handled.then(act).catch((error: unknown) => {
      if (options.onError === undefined) throw error;
      options.onError(error);
    });
  }

  function onLine(line: SwitchLine): void {
    if (state === 'closed') return;
    if ('report' in line) handle(() => options.onReport(line));
    else if ('attached' in line) onAttached(line.attached);
    else if ('stats' in line) waitingStats.shift()?.resolve(line.stats);
    else if ('refused' in line) {
      if (line.refused !== 'staleEpoch') return;
      close();
      options.onReplaced?.();
    } else {
      pending.get(line.id)?.resolve(line);
      pending.delete(line.id);
    }
    if ('report' in line && position !== undefined) position = { ...position, after: line.seq };
  }

  function onAttached(attached: Attached['attached']): void {
    state = 'attached';
    pause = firstPause;
    position = { instance: attached.instance, after: attached.seq };
    handle(() => options.onAttached(attached));
    if (provisioned !== undefined) writer?.write(provisioned);
    for (const [id, { command }] of pending) writer?.write({ id, command });
  }

  function close(): void {
    if (state === 'closed') return;
    state = 'closed';
    clearTimeout(pauseTimer);
    socket?.destroySoon();
    const error = new SwitchClientClosedError('the switch client is closed');
    for (const { reject } of pending.values()) reject(error);
    pending.clear();
    for (const { reject } of waitingStats.splice(0)) reject(error);
  }

  connect();
  return {
    send(id, command) {
      if (state === 'closed')
        return Promise.reject(new SwitchClientClosedError('the switch client is closed'));
      return new Promise((resolve, reject) => {
        pending.set(id, { command, resolve, reject });
        if (state === 'attached') writer?.write({ id, command });
      });
    },
    provision(provision) {
      provisioned = { provision };
      if (state === 'attached') writer?.write(provisioned);
    },
    acknowledge(seq) {
      if (state === 'attached') writer?.writeLater({ ack: seq }, options.patience);
    },
    stats() {
      const asked = writer;
      if (asked === undefined || state === 'closed') {
        return Promise.reject(new SwitchClientClosedError('not connected'));
      }
      return new Promise((resolve, reject) => {
        waitingStats = [...waitingStats, { resolve, reject }];
        asked.write({ stats: true });
      });
    },
    get attached() {
      return state === 'attached';
    },
    close,
  };
}

/** A line of the switch, or undefined for what is none: then it is no switch, or another version of it. */
function parseLine(text: string): SwitchLine | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as SwitchLine) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
