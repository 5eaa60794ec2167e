import { createDialogRequest, type Dialog, dialogOfResponse } from '../dialog.ts';
import { isDigits } from '../grammar.ts';
import {
  contactOf,
  contentType,
  header,
  headerValues,
  lists,
  type SipRequest,
  type SipResponse,
  sequenceOf,
  setHeader,
  toTag,
} from '../message.ts';

/** What an 18x means for the call. */
export interface EarlyNews {
  /** absent: the response makes none */
  dialog: Dialog | undefined;
  /** a description that was not known before */
  sdp: string | undefined;
  /** it was acknowledged with PRACK: its description is an answer for good (RFC 3262 §5) */
  reliable: boolean;
}

/** The early dialogs of one INVITE: one for each fork that has said something (RFC 3261 §12.1.2). */
export interface EarlyDialogs {
  /** undefined for a copy, and for what is over the bounds */
  take(request: SipRequest, response: SipResponse): EarlyNews | undefined;
  /** the dialog of an answer: the early one, with what the answer says anew (§13.2.2.4), or a new one */
  confirmed(request: SipRequest, response: SipResponse): Dialog;
}

interface Fork {
  dialog: Dialog;
  reliableSequence: number | undefined;
}

/** Forks of one call, and descriptions that they may send before one of them answers. */
const maximumForks = 8;
const maximumDescriptions = 32;

export function createEarlyDialogs(send: (prack: SipRequest) => void): EarlyDialogs {
  const forks = new Map<string, Fork>();
  let last = '';
  let descriptions = 0;

  function forkOf(request: SipRequest, response: SipResponse): Fork | undefined {
    const tag = toTag(response);
    const known = forks.get(tag);
    if (known !== undefined || tag === '' || contactOf(response) === undefined) return known;
    if (forks.size >= maximumForks) return undefined;
    const fork = { dialog: dialogOfResponse(request, response), reliableSequence: undefined };
    forks.set(tag, fork);
    return fork;
  }

  /** RFC 3262 §4; false for one that came before, or out of order. */
  function acknowledge(fork: Fork, request: SipRequest, response: SipResponse): boolean {
    const text = header(response, 'rseq') ?? '';
    if (!isDigits(text) || text.length > 10) return false;
    const sequence = Number(text);
    if (fork.reliableSequence !== undefined && sequence !== fork.reliableSequence + 1) return false;
    fork.reliableSequence = sequence;
    const prack = createDialogRequest(fork.dialog, 'PRACK');
    setHeader(prack, 'rack', `${sequence} ${sequenceOf(request)} INVITE`);
    send(prack);
    return true;
  }

  function description(response: SipResponse): string | undefined {
    if (response.body.length === 0 || contentType(response) !== 'application/sdp') return undefined;
    const text = response.body.toString();
    if (text === last || descriptions >= maximumDescriptions) return undefined;
    descriptions++;
    last = text;
    return text;
  }

  return {
    take(request, response) {
      const fork = forkOf(request, response);
      const reliable = lists(response, 'require', '100rel');
      if (reliable && (fork === undefined || !acknowledge(fork, request, response))) return undefined;
      return { dialog: fork?.dialog, sdp: description(response), reliable };
    },
    confirmed(request, response) {
      const fork = forks.get(toTag(response));
      if (fork === undefined) return dialogOfResponse(request, response);
      fork.dialog.remoteTarget = contactOf(response)?.uri ?? fork.dialog.remoteTarget;
      fork.dialog.routes = [...headerValues(response, 'record-route')].reverse();
      return fork.dialog;
    },
  };
}
