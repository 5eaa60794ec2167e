import { type Answer, deskSettingsMethods, type LogPage } from '@cordboard/contract';
import { type LogLine, parseLogLine } from './log-line.ts';

export interface LogView {
  lines: readonly LogLine[];
  /** there are older ones */
  more: boolean;
  /** not as they come */
  paused: boolean;
}

/** The log as far as it was read: the end of it as it is written, and older pages when they are asked for. */
export interface LogFollower {
  get(): LogView;
  subscribe(changed: () => void): () => void;
  /** Reads the page before. */
  older(): Promise<void>;
  pause(paused: boolean): void;
  close(): void;
}

export interface LogFollowerOptions {
  request(method: string, parameters: object): Promise<Answer>;
  /** between two questions, so that a busy log does not keep the window busy */
  rest(): Promise<void>;
}

/** In the page at once: of more the oldest go, and may be read again. */
const linesKept = 20_000;

export const followLog = ({ request, rest }: LogFollowerOptions): LogFollower => {
  let view: LogView = { lines: [], more: false, paused: false };
  /** read up to here; null: nothing yet */
  let position: number | null = null;
  let closed = false;
  const listeners = new Set<() => void>();
  const change = (part: Partial<LogView>) => {
    view = { ...view, ...part };
    for (const changed of listeners) changed();
  };
  const read = async (parameters: object): Promise<LogPage | null> => {
    const answer = await request(deskSettingsMethods.readLog, parameters);
    return answer.ok ? (answer.value as LogPage) : null;
  };
  const take = (page: LogPage) => {
    if (position !== null && page.end < position) {
      // another run of the application: its positions are not those of the one before
      position = null;
      return change({ lines: [], more: false });
    }
    position = page.to;
    const lines = [...view.lines, ...page.lines.map(parseLogLine)].slice(-linesKept);
    change({ lines, more: (lines[0]?.at ?? page.from) > page.start });
  };
  const next = () =>
    read(position === null ? { before: null } : { after: position, waitMilliseconds: 5_000 });
  const follow = async () => {
    while (!closed) {
      const page = view.paused ? null : await next();
      // what came in the pause is read again after it
      if (page && !closed && !view.paused) take(page);
      await rest();
    }
  };
  void follow();
  return {
    get: () => view,
    subscribe(changed) {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    async older() {
      const [first] = view.lines;
      if (!first) return;
      const page = await read({ before: first.at });
      if (!page || closed || view.lines[0] !== first) return;
      change({ lines: [...page.lines.map(parseLogLine), ...view.lines], more: page.from > page.start });
    },
    pause: paused => change({ paused }),
    close() {
      closed = true;
    },
  };
};
