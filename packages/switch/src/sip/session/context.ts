import type { Clock } from '../clock.ts';
import type { SipRequest, SipResponse } from '../message.ts';
import type { TransactionLayer } from '../transaction/layer.ts';
import type { ServerTransaction } from '../transaction/server.ts';
import type { Flow, Transport } from '../transport/flow.ts';
import type { SessionTimerSettings } from './session-timer.ts';

/** Who gets the requests of a dialog. */
export interface DialogOwner {
  request(transaction: ServerTransaction): void;
  ack(request: SipRequest): void;
  /** a 2xx that came after its transaction was forgotten */
  strayAnswer(response: SipResponse): void;
}

/** What sessions share: given by the user agent. */
export interface SessionContext {
  clock: Clock;
  transactions: TransactionLayer;
  transport: Transport;
  /** by `dialogKey` */
  dialogs: Map<string, DialogOwner>;
  timer: SessionTimerSettings;
  /**
   * in the place of a connection that is lost, the one over which its peer can be reached now: a registered phone that has no
   * address of its own (RFC 7118 §5), or a trunk whose name has to be proved again
   */
  flowOf(target: string, lost: Flow): Flow | undefined;
  randomId(): string;
  /** 0 to 1 */
  random(): number;
}
