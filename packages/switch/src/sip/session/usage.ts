import { type Authorizer, isChallenge } from '../authorizer.ts';
import { createDialogRequest, type Dialog, dialogKey, refreshTarget, takeSequence } from '../dialog.ts';
import {
  contentType,
  createResponse,
  formatMessage,
  fromTag,
  header,
  lists,
  type SipRequest,
  type SipResponse,
  sequenceOf,
  setBody,
  setHeader,
} from '../message.ts';
import { ipTarget } from '../target.ts';
import type { Outcome } from '../transaction/client.ts';
import type { ServerTransaction } from '../transaction/server.ts';
import type { Flow } from '../transport/flow.ts';
import { type AnswerRepeater, repeatAnswer } from './answer-repeater.ts';
import type { SessionContext } from './context.ts';
import type { SessionEnd, SessionHandlers } from './events.ts';
import { infoDigit } from './info-digit.ts';
import { allowedMethods, introduce } from './introduce.ts';
import { createReferReceiver } from './refer.ts';
import {
  createSessionTimer,
  negotiateAsClient,
  negotiateAsServer,
  type SessionInterval,
  writeAgreement,
  writeOffer,
} from './session-timer.ts';

/** What became of our re-INVITE. */
export type Reoffered =
  | { type: 'answered'; sdp: string }
  /** RFC 3261 §14.1: both sides offered; try again after this many milliseconds */
  | { type: 'glare'; retryAfter: number }
  | { type: 'refused'; status: number };

/** The INVITE usage of a dialog (RFC 5057): everything in it after the first INVITE. */
export interface InviteUsage {
  readonly dialog: Dialog;
  /** by which the peer reaches us */
  readonly localAddress: string;
  /** no offer of either side is open and no ACK is awaited */
  readonly stable: boolean;
  /** our 2xx to `transaction`; from now on the dialog is confirmed */
  answer(transaction: ServerTransaction, response: SipResponse): void;
  /** their 2xx to our INVITE, which asked for `asked` seconds */
  confirm(response: SipResponse, asked: number): void;
  /** their 2xx came again */
  acknowledgeAgain(response: SipResponse): void;
  reoffer(sdp: string, done: (result: Reoffered) => void): void;
  send(method: string, edit: (request: SipRequest) => void, done: (outcome: Outcome) => void): void;
  /** takes the dialog's requests (again), after a fork with the same Call-ID and local tag was dropped */
  register(): void;
  /** BYE, if there is something to end, and no more events */
  end(): void;
  /** offer and answer are over before the call is answered (RFC 3262 §5) */
  agreeEarly(): void;
  /** a PRACK with this RAck: was it for one of our provisional responses? */
  onAcknowledged: (rack: string) => boolean;
}

/**
 * early --answer, confirm--> confirmed --BYE, failure, expiry--> ended
 *                               |--end, ACK not yet here--> ending --ACK--> ended
 *
 * and within confirmed, by RFC 3264's rule of one offer at a time:
 *
 * stable --our re-INVITE--> offering --final response--> stable
 * stable --their INVITE, our 2xx--> awaitingAck --ACK--> stable
 */
export function createInviteUsage(
  context: SessionContext,
  dialog: Dialog,
  firstFlow: Flow,
  handlers: SessionHandlers,
  /** we placed the call: RFC 3261 §14.1 lets that side wait longer after glare */
  caller: boolean,
  /** answers challenges of the peer */
  authorizer?: Authorizer,
): InviteUsage {
  const { clock } = context;
  let flow = firstFlow;
  let phase: 'early' | 'confirmed' | 'ending' | 'ended' = 'early';
  let negotiation: 'stable' | 'offering' | 'awaitingAck' = 'stable';
  let repeater: AnswerRepeater | undefined;
  /** our 2xx carried an offer, so the ACK must carry the answer */
  let offerOpen = false;
  let lastAck: SipRequest | undefined;
  let peerUpdates = false;
  let earlyAgreed = false;
  let interval: SessionInterval | undefined;
  const timer = createSessionTimer(clock, { refresh, expire: () => fail({ type: 'expired' }, true) });
  const key = dialogKey(dialog.callId, dialog.localTag);
  const receiveRefer = createReferReceiver({
    clock,
    localTag: dialog.localTag,
    send,
    referred: handlers.referred,
  });
  const owner = { request, ack, strayAnswer };
  context.dialogs.set(key, owner);

  function settle(): void {
    negotiation = 'stable';
    handlers.settled();
  }

  // ---- ending

  function close(): void {
    phase = 'ended';
    repeater?.stop();
    timer.stop();
    if (context.dialogs.get(key) === owner) context.dialogs.delete(key);
  }

  function fail(why: SessionEnd, sayBye: boolean): void {
    if (phase === 'ended') return;
    const before = phase;
    close();
    if (sayBye && before !== 'early') sendBye();
    if (before !== 'ending') handlers.ended(why);
  }

  function sendBye(): void {
    send(
      'BYE',
      () => {},
      () => {},
    );
  }

  // ---- sending

  function send(method: string, edit: (request: SipRequest) => void, done: (outcome: Outcome) => void): void {
    sendOnce(method, edit, outcome => {
      const again =
        outcome.type === 'response' && isChallenge(outcome.response) && authorizer?.take(outcome.response);
      if (again === true) sendOnce(method, edit, done);
      else done(outcome);
    });
  }

  function sendOnce(
    method: string,
    edit: (request: SipRequest) => void,
    done: (outcome: Outcome) => void,
  ): void {
    const message = createDialogRequest(dialog, method);
    edit(message);
    authorizer?.sign(message);
    context.transactions.send(message, currentFlow(), done);
  }

  /** A connection that was lost is opened again to where the peer says that it is (§12.2.1.1). */
  function currentFlow(): Flow {
    if (flow.open) return flow;
    const target = ipTarget(dialog.remoteTarget);
    if (target !== undefined) flow = context.transport.flowTo(target.protocol, target.address, target.port);
    // A browser that lost its network connects anew and goes on with its calls.
    else flow = context.flowOf(dialog.remoteTarget, flow) ?? flow;
    return flow;
  }

  function acknowledge(sequence: number): void {
    lastAck = createDialogRequest(dialog, 'ACK', sequence);
    const way = currentFlow();
    context.transactions.addVia(lastAck, way);
    sendAck(way);
  }

  function sendAck(way: Flow): void {
    if (lastAck !== undefined) way.send(formatMessage(lastAck));
  }

  function strayAnswer(response: SipResponse): void {
    if (lastAck !== undefined && sequenceOf(lastAck) === sequenceOf(response)) sendAck(currentFlow());
  }

  // ---- our offers

  function reoffer(sdp: string, done: (result: Reoffered) => void): void {
    negotiation = 'offering';
    let open = true;
    const asked = interval?.seconds ?? context.timer.interval;
    send(
      'INVITE',
      message => {
        introduce(message, flow);
        if (context.timer.interval > 0) writeOffer(message, context.timer, asked);
        setBody(message, 'application/sdp', sdp);
      },
      outcome => {
        if (outcome.type === 'response' && outcome.response.status < 200) return;
        if (outcome.type === 'response' && outcome.response.status < 300) {
          if (open) onReofferAnswered(outcome.response, asked, done);
          else strayAnswer(outcome.response);
        } else if (open) onReofferFailed(outcome, done);
        open = false;
      },
    );
  }

  function onReofferAnswered(response: SipResponse, asked: number, done: (result: Reoffered) => void): void {
    refreshTarget(dialog, response);
    acknowledge(sequenceOf(response));
    if (phase === 'ended') return;
    interval = negotiateAsClient(response, asked);
    timer.restart(interval);
    negotiation = 'stable';
    done({ type: 'answered', sdp: response.body.toString() });
    handlers.settled();
  }

  function onReofferFailed(outcome: Outcome, done: (result: Reoffered) => void): void {
    if (phase === 'ended') return;
    negotiation = 'stable';
    if (endsDialog(outcome)) {
      fail({ type: 'unreachable' }, true);
      return;
    }
    const status = outcome.type === 'response' ? outcome.response.status : 0;
    // §14.1: the side that chose the Call-ID waits 2.1 to 4 s, the other up to 2 s.
    const retryAfter = caller ? 2_100 + context.random() * 1_900 : context.random() * 2_000;
    done(status === 491 ? { type: 'glare', retryAfter } : { type: 'refused', status });
  }

  /** RFC 4028 §7.4: by UPDATE where the peer knows it, since that needs no offer. */
  function refresh(): void {
    if (interval === undefined || phase !== 'confirmed') return;
    const { seconds } = interval;
    if (negotiation !== 'stable') {
      timer.restart({ seconds: 4, refresher: 'local' });
      return;
    }
    if (!peerUpdates) {
      reoffer(handlers.description(), result => {
        if (result.type !== 'answered') retryRefresh();
      });
      return;
    }
    const edit = (message: SipRequest) => {
      introduce(message, flow);
      writeOffer(message, context.timer, seconds);
    };
    send('UPDATE', edit, outcome => {
      if (phase === 'ended' || (outcome.type === 'response' && outcome.response.status < 200)) return;
      if (endsDialog(outcome)) fail({ type: 'expired' }, true);
      else if (outcome.type === 'response' && outcome.response.status < 300) {
        refreshTarget(dialog, outcome.response);
        interval = negotiateAsClient(outcome.response, seconds);
        timer.restart(interval);
      } else retryRefresh();
    });
  }

  /** Refused for now (491, 500): the session is alive, so the refresh is tried once more soon. */
  function retryRefresh(): void {
    timer.restart(
      interval === undefined ? undefined : { seconds: Math.max(4, interval.seconds / 8), refresher: 'local' },
    );
  }

  // ---- their requests

  function request(transaction: ServerTransaction): void {
    const message = transaction.request;
    // §12.2.2: the dialog of another fork, or of nobody.
    if (dialog.remoteTag !== '' && fromTag(message) !== dialog.remoteTag) {
      respond(transaction, 481);
      return;
    }
    if (!takeSequence(dialog, message)) {
      respond(transaction, 500);
      return;
    }
    flow = transaction.flow;
    switch (message.method) {
      case 'BYE':
        respond(transaction, 200);
        fail({ type: 'bye' }, false);
        return;
      case 'INVITE':
      case 'UPDATE':
        onOffer(transaction);
        return;
      case 'PRACK':
        onAcknowledged(transaction);
        return;
      case 'INFO':
        respond(transaction, 200);
        onInfo(message);
        return;
      case 'OPTIONS':
      case 'NOTIFY':
        respond(transaction, 200);
        return;
      case 'REFER':
        receiveRefer(transaction);
        return;
      default:
        respond(transaction, 405);
    }
  }

  function respond(transaction: ServerTransaction, status: number): void {
    const response = createResponse(transaction.request, status, dialog.localTag);
    if (status === 405 || (status === 200 && transaction.request.method === 'OPTIONS')) {
      setHeader(response, 'allow', allowedMethods);
    }
    if (status === 422) setHeader(response, 'min-se', `${context.timer.minimum}`);
    if (status === 415) setHeader(response, 'accept', 'application/sdp');
    transaction.respond(response);
  }

  /** RFC 3262 §3; a PRACK may bring a new offer (§5). */
  function onAcknowledged(transaction: ServerTransaction): void {
    const message = transaction.request;
    if (!usage.onAcknowledged(header(message, 'rack') ?? '')) {
      respond(transaction, 481);
      return;
    }
    const sdp = message.body.length === 0 ? '' : handlers.offered(message.body.toString());
    if (sdp === undefined) {
      respond(transaction, 488);
      return;
    }
    const response = createResponse(message, 200, dialog.localTag);
    if (sdp !== '') setBody(response, 'application/sdp', sdp);
    transaction.respond(response);
  }

  function onInfo(message: SipRequest): void {
    const digit = infoDigit(message);
    if (digit !== undefined) handlers.digit(digit);
  }

  /** Why a re-INVITE (§14.2) or UPDATE (RFC 3311 §5.2) cannot be taken, as a status. */
  function offerRefusal(message: SipRequest, hasOffer: boolean): number | undefined {
    if (hasOffer && contentType(message) !== 'application/sdp') return 415;
    // One offer at a time; an UPDATE without one disturbs nothing.
    const disturbs = message.method === 'INVITE' || hasOffer;
    const agreed = phase === 'confirmed' || (earlyAgreed && message.method === 'UPDATE');
    if (disturbs && (!agreed || negotiation !== 'stable')) return 491;
    return negotiateAsServer(message, context.timer).type === 'tooSmall' ? 422 : undefined;
  }

  function onOffer(transaction: ServerTransaction): void {
    const message = transaction.request;
    const hasOffer = message.body.length > 0;
    const refusal = offerRefusal(message, hasOffer);
    if (refusal !== undefined) {
      respond(transaction, refusal);
      return;
    }
    const sdp = hasOffer ? handlers.offered(message.body.toString()) : undefined;
    if (hasOffer && sdp === undefined) {
      respond(transaction, 488);
      return;
    }
    refreshTarget(dialog, message);
    const response = createResponse(message, 200, dialog.localTag);
    introduce(response, transaction.flow);
    if (sdp !== undefined) setBody(response, 'application/sdp', sdp);
    if (message.method === 'INVITE') {
      if (!hasOffer) setBody(response, 'application/sdp', handlers.description());
      answer(transaction, response, !hasOffer);
      return;
    }
    agree(message, response);
    transaction.respond(response);
    if (hasOffer) handlers.settled();
  }

  function agree(message: SipRequest, response: SipResponse): void {
    const agreement = negotiateAsServer(message, context.timer);
    interval = agreement.type === 'agreed' ? agreement.interval : undefined;
    writeAgreement(message, response, interval);
    timer.restart(interval);
  }

  function answer(transaction: ServerTransaction, response: SipResponse, withOffer = false): void {
    phase = 'confirmed';
    negotiation = 'awaitingAck';
    offerOpen = withOffer;
    peerUpdates ||= lists(transaction.request, 'allow', 'update');
    agree(transaction.request, response);
    repeater?.stop();
    repeater = repeatAnswer(clock, transaction, response, () => fail({ type: 'protocolError' }, true));
  }

  function ack(message: SipRequest): void {
    if (negotiation !== 'awaitingAck' || repeater?.acknowledge(message) !== true) return;
    repeater = undefined;
    if (phase === 'ending') {
      close();
      sendBye();
      return;
    }
    if (offerOpen && !handlers.answeredOffer(message.body.toString())) {
      fail({ type: 'protocolError' }, true);
      return;
    }
    offerOpen = false;
    settle();
  }

  const usage: InviteUsage = {
    dialog,
    get localAddress() {
      return flow.localAddress;
    },
    get stable() {
      return phase === 'confirmed' && negotiation === 'stable';
    },
    answer: (transaction, response) => answer(transaction, response, transaction.request.body.length === 0),
    confirm(response, asked) {
      phase = 'confirmed';
      peerUpdates = lists(response, 'allow', 'update');
      acknowledge(sequenceOf(response));
      interval = negotiateAsClient(response, asked);
      timer.restart(interval);
    },
    reoffer,
    send,
    acknowledgeAgain: strayAnswer,
    register() {
      if (phase !== 'ended') context.dialogs.set(key, owner);
    },
    end() {
      if (phase === 'ended' || phase === 'ending') return;
      // §15: no BYE before the ACK of our 2xx has come, or can come no more.
      if (repeater !== undefined) {
        phase = 'ending';
        timer.stop();
        return;
      }
      const confirmed = phase === 'confirmed';
      close();
      if (confirmed) sendBye();
    },
    agreeEarly() {
      earlyAgreed = true;
    },
    onAcknowledged: () => false,
  };
  return usage;
}

/** §12.2.1.2: these say that the peer has no such dialog any more. */
function endsDialog(outcome: Outcome): boolean {
  return outcome.type !== 'response' || outcome.response.status === 481 || outcome.response.status === 408;
}
