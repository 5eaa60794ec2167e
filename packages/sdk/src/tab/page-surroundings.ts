/** The end of a `MessageChannel` that the window hands over. */
export interface PagePort {
  postMessage(message: unknown): void;
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
  start(): void;
  close(): void;
}

export interface Arrival {
  data: unknown;
  origin: string;
  source: unknown;
  ports: readonly PagePort[];
}

export interface OtherWindow {
  postMessage(message: unknown, targetOrigin: string): void;
}

/** A `KeyboardEvent`, as far as it is needed. */
export interface PressedKey {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  /** by a person, not by a script */
  readonly isTrusted: boolean;
  /** the page has done something with it */
  readonly defaultPrevented: boolean;
  preventDefault(): void;
}

/** What a page has around it, as far as the client needs it: a browser's, or a test's own. */
export interface PageSurroundings {
  /** the window in which the page is shown, or that opened it; null: the page stands alone */
  readonly host: OtherWindow | null;
  /** Whether a message comes from there: from the window around the page, or the one around that, whose program answers. */
  isFromHost(source: unknown): boolean;
  /** Tells what is posted to the page. Returns what ends that. */
  listen(arrived: (arrival: Arrival) => void): () => void;
  /** Tells of each key that is pressed in the page, after the page itself. Returns what ends that. */
  onKey(pressed: (key: PressedKey) => void): () => void;
  /** milliseconds since 1970 */
  now(): number;
  /** Acts later. Returns what prevents it. */
  after(milliseconds: number, act: () => void): () => void;
}

/** A browser's `window`, as far as it is needed: this package is compiled without the types of browsers. */
interface BrowserWindow extends OtherWindow {
  parent: OtherWindow;
  top: OtherWindow;
  opener: OtherWindow | null;
  addEventListener(type: 'message', listener: (event: Arrival) => void): void;
  addEventListener(type: 'keydown', listener: (event: PressedKey) => void): void;
  removeEventListener(type: 'message', listener: (event: Arrival) => void): void;
  removeEventListener(type: 'keydown', listener: (event: PressedKey) => void): void;
}

export const browserSurroundings = (): PageSurroundings => {
  const own = globalThis as unknown as BrowserWindow;
  const isFramed = own.parent !== undefined && own.parent !== (own as OtherWindow);
  const host = isFramed ? own.parent : (own.opener ?? null);
  return {
    host,
    isFromHost: source => source === host || (isFramed && source === own.top),
    listen(arrived) {
      own.addEventListener('message', arrived);
      return () => own.removeEventListener('message', arrived);
    },
    onKey(pressed) {
      own.addEventListener('keydown', pressed);
      return () => own.removeEventListener('keydown', pressed);
    },
    now: () => Date.now(),
    after(milliseconds, act) {
      const timer = setTimeout(act, milliseconds);
      return () => clearTimeout(timer);
    },
  };
};
