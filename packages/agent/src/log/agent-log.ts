import { LogLevel, levelNames } from './level.ts';
import { redactor } from './redact.ts';
import type { RotatingFile, WrittenBytes } from './rotating-file.ts';

export interface IntegrationEntry {
  /** SEEN: a page has handled an event */
  direction: 'REQ' | 'RES' | 'EVT' | 'SEEN';
  /** the program's name and number, or `all` */
  client: string;
  name: string;
  /** arguments, result or refusal, values */
  content: unknown;
  milliseconds?: number;
}

/** Agent.log: one line an entry. */
export interface AgentLog {
  level: LogLevel;
  maskCustomerData: boolean;
  /** labels of IVR data, in small letters, whose data is never written */
  secretFields: ReadonlySet<string>;
  error(text: string, details?: object): void;
  warning(text: string, details?: object): void;
  info(text: string, details?: object): void;
  /** a change of a call */
  callFlow(text: string, details?: object): void;
  /** level 5: a request, its result, an event */
  integration(entry: IntegrationEntry): void;
  /** level 6: what goes to and comes from the server */
  protocol(direction: 'OUT' | 'IN', name: string, content: unknown): void;
  /** level 7 */
  detail(text: string, details?: object): void;
  /** what stands in the file, with everything that was logged until now */
  written(): WrittenBytes;
  /** Calls back when more is written. Returns what ends that. */
  onWritten(told: () => void): () => void;
  close(): void;
}

export interface AgentLogOptions {
  file: RotatingFile;
  now: () => number;
  level: LogLevel;
  maskCustomerData: boolean;
}

/** A control character would let what a program sends forge another line. */
const printable = (text: string): string => text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ');

const longestContent = 16_384;

export const createAgentLog = (options: AgentLogOptions): AgentLog => {
  const { file, now } = options;
  let lines: string[] = [];
  let scheduled: NodeJS.Immediate | null = null;
  const listeners = new Set<() => void>();

  const flush = () => {
    scheduled = null;
    const text = lines.join('');
    if (text === '') return;
    lines = [];
    // a log that cannot be written (a full disk) must not end a call
    try {
      file.append(text);
    } catch (error) {
      process.stderr.write(`Agent.log cannot be written: ${String(error)}\n`);
    }
    for (const told of listeners) told();
  };

  // one write for all entries of a turn of the event loop
  const write = (parts: string[]) => {
    lines.push(`${parts.join(' ')}\n`);
    scheduled ??= setImmediate(flush);
  };

  const json = (content: unknown): string => {
    const text = JSON.stringify(content, redactor(log.maskCustomerData, log.secretFields)) ?? '';
    return printable(
      text.length > longestContent ? `${text.slice(0, longestContent)}... (${text.length})` : text,
    );
  };
  const time = () => new Date(now()).toISOString();

  const plain = (level: LogLevel) => (text: string, details?: object) => {
    if (log.level >= level)
      write([time(), `${level}`, levelNames[level], printable(text), ...(details ? [json(details)] : [])]);
  };

  const log: AgentLog = {
    level: options.level,
    maskCustomerData: options.maskCustomerData,
    secretFields: new Set(),
    error: plain(LogLevel.error),
    warning: plain(LogLevel.warning),
    info: plain(LogLevel.info),
    callFlow: plain(LogLevel.callFlow),
    detail: plain(LogLevel.all),
    integration({ direction, client, name, content, milliseconds }) {
      if (log.level < LogLevel.integration) return;
      const duration = milliseconds === undefined ? [] : [`${milliseconds.toFixed(1)} ms`];
      write([
        time(),
        `${LogLevel.integration}`,
        direction,
        printable(client),
        printable(name),
        json(content),
        ...duration,
      ]);
    },
    protocol(direction, name, content) {
      if (log.level >= LogLevel.protocol)
        write([time(), `${LogLevel.protocol}`, direction, printable(name), json(content)]);
    },
    written() {
      if (scheduled) clearImmediate(scheduled);
      flush();
      return file;
    },
    onWritten(told) {
      listeners.add(told);
      return () => listeners.delete(told);
    },
    close() {
      if (scheduled) clearImmediate(scheduled);
      flush();
      file.close();
    },
  };
  return log;
};
