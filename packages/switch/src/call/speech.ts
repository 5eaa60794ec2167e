import { isIP } from 'node:net';
import type { OpenedMedia, RemoteMedia } from '../media/engine.ts';
import type { SecureTransport } from '../media/secure-transport.ts';
import { answerDirection, type Direction, receives } from '../sip/sdp/direction.ts';
import { type PayloadType, parseSdp, type RemoteDescription } from '../sip/sdp/parse-sdp.ts';
import { type LocalDescription, printAnswer, printOffer } from '../sip/sdp/print-sdp.ts';
import type { SecureDescription } from '../sip/sdp/secure.ts';

/** Offer and answer of one leg (RFC 3264): what was agreed about its speech, and what should be. */
export interface Speech {
  /** our description as it stands, as an offer */
  offer(): string;
  /** the answer to the peer's offer, or undefined where nothing is in common */
  answer(offer: string): string | undefined;
  /** takes the peer's answer to our offer; false where it makes no sense */
  accept(answer: string): boolean;
  /** the peer should hear us and we should not hear it: RFC 3264 §8.4 */
  hold(on: boolean): void;
  /** what we want is not what the last offer and answer say */
  readonly stale: boolean;
  /** the peer has us on hold: it asked to receive nothing, or only to send */
  readonly heldByPeer: boolean;
  /** the peer understands RFC 4733 */
  readonly takesEvents: boolean;
  /** the peer is to send speech at present */
  readonly listening: boolean;
}

interface Options {
  address: string;
  port: number;
  /** o= session id */
  session: number;
  /** the peer is a browser, and this is our side of the way to it */
  secure?: SecureTransport;
  /** another such way, for a browser that wants one; undefined where none is ready */
  renew?(): OpenedMedia | undefined;
  /** what was agreed, each time that it changes */
  agreed(remote: RemoteMedia): void;
}

/** What a browser was in its last description, and who begins the handshake: that stays (RFC 8842 §5.3). */
interface Association {
  userFragment: string;
  fingerprint: string;
  ours: 'active' | 'passive';
}

/** Both, in this order: with PCMU first everywhere, two legs seldom differ and nothing is transcoded. */
const codecs: readonly PayloadType[] = [0, 8];
/** what most phones use (RFC 4733 leaves it free) */
const usualTelephoneEvent = 101;

/** before a browser has said anything */
const unsettled = { setup: 'actpass', mid: '0' } as const;

export function createSpeech(options: Options): Speech {
  const local: LocalDescription = {
    session: options.session,
    version: 1,
    address: options.address,
    port: options.port,
    payloadTypes: codecs,
    telephoneEvent: usualTelephoneEvent,
    direction: 'sendrecv',
    ...(options.secure === undefined ? {} : { secure: { ...options.secure, ...unsettled } }),
  };
  let association: Association | undefined;
  let wanted: Direction = 'sendrecv';
  let peer: Direction = 'sendrecv';
  let agreedDirection: Direction | undefined;
  /** what we wanted in the last offer and answer */
  let settled: Direction | undefined;
  let offered: Direction = wanted;
  let printed = '';

  /** RFC 3264 §8: a changed description has a version that is higher by one. */
  function print(text: () => string): string {
    if (printed !== '' && text() !== printed) local.version++;
    printed = text();
    return printed;
  }

  /** Speech does not cross from one address family to the other, nor is it plain at one time and encrypted at another. */
  function read(description: string): RemoteDescription | undefined {
    const remote = parseSdp(description);
    if (remote === undefined || (remote.secure === undefined) !== (local.secure === undefined))
      return undefined;
    return remote.secure !== undefined || isIP(remote.address) === isIP(options.address) ? remote : undefined;
  }

  /** An offer with another way to the browser needs another way to us (RFC 8839 §4.4.1.1.1). False: there is none now. */
  function followRestart(peer: SecureDescription): boolean {
    const same =
      peer.userFragment === association?.userFragment && peer.fingerprint === association.fingerprint;
    if (association === undefined || same || local.secure === undefined) return true;
    const renewed = options.renew?.();
    if (renewed?.secure === undefined) return false;
    local.port = renewed.port;
    local.secure = { ...local.secure, ...renewed.secure };
    return true;
  }

  /** Settles who begins the handshake; a browser that leaves it open is spared the waiting. */
  function associate({ userFragment, fingerprint, setup, mid }: SecureDescription): 'active' | 'passive' {
    const usual = setup === 'active' ? 'passive' : 'active';
    const ours = setup === 'actpass' ? (association?.ours ?? usual) : usual;
    association = { userFragment, fingerprint, ours };
    if (local.secure !== undefined) local.secure = { ...local.secure, setup: ours, mid };
    return ours === 'active' ? 'passive' : 'active';
  }

  function agree(remote: RemoteDescription, want: Direction): void {
    const ours = answerDirection(remote.direction, want);
    settled = want;
    const payloadType = remote.payloadTypes.includes(0) ? 0 : 8;
    peer = remote.direction;
    agreedDirection = ours;
    local.payloadTypes = [payloadType];
    local.telephoneEvent = remote.telephoneEvent;
    local.direction = ours;
    const { address, port, telephoneEvent } = remote;
    const agreed: RemoteMedia = { address, port, payloadType, telephoneEvent, direction: ours };
    if (remote.secure === undefined) options.agreed(agreed);
    else options.agreed({ ...agreed, secure: { ...remote.secure, setup: associate(remote.secure) } });
  }

  return {
    offer() {
      // §8: an offer may widen what was agreed before.
      local.payloadTypes = codecs;
      local.telephoneEvent ??= usualTelephoneEvent;
      local.direction = wanted;
      // RFC 8842 §5.2
      if (local.secure !== undefined) local.secure.setup = 'actpass';
      offered = wanted;
      return print(() => printOffer(local));
    },
    answer(offer) {
      const remote = read(offer);
      if (remote === undefined || (remote.secure !== undefined && !followRestart(remote.secure)))
        return undefined;
      agree(remote, wanted);
      return print(() => printAnswer(local, remote.lines, remote.audio));
    },
    accept(answer) {
      const remote = read(answer);
      if (remote === undefined) return false;
      agree(remote, offered);
      return true;
    },
    hold(on) {
      wanted = on ? 'sendonly' : 'sendrecv';
    },
    get stale() {
      return settled !== undefined && settled !== wanted;
    },
    get heldByPeer() {
      return agreedDirection !== undefined && !receives(peer);
    },
    get takesEvents() {
      return local.telephoneEvent !== null;
    },
    get listening() {
      return agreedDirection !== undefined && receives(agreedDirection);
    },
  };
}
