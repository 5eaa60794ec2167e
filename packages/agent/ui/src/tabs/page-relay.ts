import { maximumFrameBytes, pagePath, pageProtocol } from '@cordboard/contract';

/** Where a page is shown: the window of its frame, or the one that was opened for it. */
export interface PageWindow {
  /** the page's own window, as the browser names it in `event.source` */
  page(): Window | null;
  /** the window that the page greets */
  greeted: Window;
  tab: string;
  origins(): readonly string[];
  openSocket(path: string): WebSocket;
  /** The page gives the keyboard back. */
  left?(): void;
}

/** Connects the page in one window with the application, one page after another. */
export interface PageRelay {
  /** The window has loaded a page: whoever was connected before is not there any more. */
  loaded(): void;
  close(): void;
}

const says = (data: unknown, word: 'connect' | 'leave'): boolean =>
  typeof data === 'object' && data !== null && 'cordboard' in data && data.cordboard === word;

/** What waits to go out to the application; a page that sends more than is taken is cut off. */
const unsentBytes = 1_048_576;
/** RFC 6455 §7.4.1: no close frame, so the application is gone. */
const goneCode = 1006;

/**
 * Answers the greetings of a page. Whose page it is says the browser (`event.origin`), and that it is the one in this tab, too
 * (`event.source`); neither is taken from the page. What it may do is looked at by the application, for each request.
 */
export const createPageRelay = (place: PageWindow): PageRelay => {
  let end: ((reason: string) => void) | null = null;
  /** of the page that is being connected: it greets until it is answered */
  let connecting: string | null = null;
  let loadedOnce = false;
  /** the page of now had not loaded when it was connected: its load is still to come */
  let loadIsToCome = false;

  const open = (origin: string, page: Window) => {
    end?.('another page');
    const path = `${pagePath}?tab=${encodeURIComponent(place.tab)}&origin=${encodeURIComponent(origin)}`;
    const socket = place.openSocket(path);
    const { port1, port2 } = new MessageChannel();
    let over = false;
    const close = (reason: string) => {
      if (over) return;
      over = true;
      if (end === close) end = connecting = null;
      port1.postMessage({ cordboard: 'closed', reason });
      port1.close();
      socket.close();
    };
    end = close;
    connecting = origin;
    loadIsToCome = !loadedOnce;
    port1.addEventListener('message', ({ data }) => {
      if (over) return;
      if (typeof data !== 'string' || data.length > maximumFrameBytes)
        close('a message that is no text, or too long');
      else if (socket.bufferedAmount > unsentBytes) close('too much at once');
      else socket.send(data);
    });
    // the page's document is gone, where the browser tells so
    port1.addEventListener('close', () => close('the page is gone'));
    socket.addEventListener('open', () => {
      if (over) return socket.close();
      connecting = null;
      port1.start();
      page.postMessage({ cordboard: 'port', version: pageProtocol }, origin, [port2]);
    });
    socket.addEventListener('message', ({ data }) => !over && port1.postMessage(data));
    socket.addEventListener('close', ({ code, reason }) => close(code === goneCode ? 'application' : reason));
  };

  const onMessage = ({ source, origin, data }: MessageEvent) => {
    const page = place.page();
    if (page === null || source !== page || !place.origins().includes(origin)) return;
    if (says(data, 'leave')) place.left?.();
    else if (says(data, 'connect') && connecting !== origin) open(origin, page);
  };
  place.greeted.addEventListener('message', onMessage);

  return {
    loaded() {
      loadedOnce = true;
      if (!loadIsToCome) end?.('the page is another');
      loadIsToCome = false;
    },
    close() {
      place.greeted.removeEventListener('message', onMessage);
      end?.('the tab is gone');
    },
  };
};
