import type { Timer } from './clock.ts';
import { createRequest, setHeader } from './message.ts';
import type { SessionContext } from './session/context.ts';
import type { Flow } from './transport/flow.ts';
import { hostText } from './uri.ts';

/** Asks a peer with OPTIONS (RFC 3261 §11) whether it is there. */
export interface KeepAlive {
  /** true until it was found to be silent */
  readonly answering: boolean;
  close(): void;
}

interface Options {
  context: SessionContext;
  scheme: 'sip' | 'sips';
  domain: string;
  seconds: number;
  routes: readonly string[];
  flow(): Flow | undefined;
  /** nobody answers there: true where there is somebody else to ask */
  failed(flow: Flow): boolean;
  changed(): void;
}

/** Any answer but 503 will do (a peer that does not know OPTIONS is there); none within 8 seconds is silence. */
export function createKeepAlive(options: Options): KeepAlive {
  const { context } = options;
  const { clock, randomId } = context;
  let answering = true;
  let timer: Timer | undefined;
  let closed = false;

  function ask(): void {
    if (closed) return;
    timer = clock.after(options.seconds * 1_000, ask);
    const flow = options.flow();
    if (flow === undefined) return;
    let heard = false;
    let givenUp = false;
    const patience = clock.after(silentAfter, () => {
      if (heard || closed) return;
      givenUp = true;
      // A connection to a machine that is gone would look open for a quarter of an hour.
      flow.abandon?.();
      failed(flow);
    });
    context.transactions.send(optionsRequest(flow), flow, outcome => {
      // Silence that was noticed long ago says nothing of those that were asked since.
      if (closed || (givenUp && outcome.type !== 'response')) return;
      heard = true;
      patience.cancel();
      if (outcome.type === 'response' && outcome.response.status !== 503) become(true);
      else failed(flow);
    });
  }

  /** Where the peer has another server, that one is asked at once. */
  function failed(flow: Flow): void {
    if (options.failed(flow)) {
      timer?.cancel();
      ask();
    } else become(false);
  }

  function optionsRequest(flow: Flow) {
    const request = createRequest('OPTIONS', `${options.scheme}:${options.domain}`);
    setHeader(request, 'max-forwards', '70');
    setHeader(request, 'from', `<${options.scheme}:switch@${hostText(flow.localAddress)}>;tag=${randomId()}`);
    setHeader(request, 'to', `<${options.scheme}:${options.domain}>`);
    setHeader(request, 'call-id', randomId());
    setHeader(request, 'cseq', '1 OPTIONS');
    if (options.routes.length > 0) setHeader(request, 'route', ...options.routes);
    return request;
  }

  function become(next: boolean): void {
    if (answering === next) return;
    answering = next;
    options.changed();
  }

  ask();
  return {
    get answering() {
      return answering;
    },
    close() {
      closed = true;
      timer?.cancel();
    },
  };
}

const silentAfter = 8_000;
