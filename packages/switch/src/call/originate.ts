import { isIP } from 'node:net';
import type { Command, CommandResult } from '../control/protocol.ts';
import type { BindingStore } from '../sip/registrar/bindings.ts';
import type { SessionContext } from '../sip/session/context.ts';
import { forkInvite } from '../sip/session/fork.ts';
import type { OutgoingCall } from '../sip/session/outgoing.ts';
import { ipTarget } from '../sip/target.ts';
import type { Flow } from '../sip/transport/flow.ts';
import { escapeUser, hostText } from '../sip/uri.ts';
import { answerHeaders } from './answer-headers.ts';
import { notify } from './hold.ts';
import { createLeg, type Leg } from './leg.ts';
import type { Switchboard } from './switchboard.ts';
import type { Trunk } from './trunks.ts';

type Originate = Extract<Command, { type: 'originate' }>;
export type Refusal = NonNullable<CommandResult['reason']>;

export interface OriginateContext {
  sip: SessionContext;
  board: Switchboard;
  bindings: BindingStore;
  trunks: readonly Trunk[];
}

/** milliseconds without any word from one of several phones */
const unpluggedAfter = 4_000;

interface Destination {
  uri: string;
  to: string;
  flow: Flow;
}

/** Calls a phone or a trunk. */
export function originate(context: OriginateContext, command: Originate): Refusal | undefined {
  const { board, sip } = context;
  if (board.legs.has(command.leg)) return 'duplicateLeg';
  const destinations = find(context, command);
  if (typeof destinations === 'string') return destinations;
  const leg = createLeg({
    id: command.leg,
    direction: 'outgoing',
    answering: command.answering,
    outside: !('extension' in command.to),
    state: 'dialing',
    remoteAddress: destinations[0]?.flow.remoteAddress ?? '',
    media: { type: 'none' },
  });
  // Not rung yet, but it can be picked up: to the controller that is a phone that rings.
  const waits = command.answering === 'autoAnswer';
  const opened = () => {
    const place = () => call(context, leg, command, destinations);
    if (waits && !leg.wantsPickUp) leg.place = place;
    else place();
  };
  if (!board.add(leg, opened)) return 'wrongState';
  board.counters.originated++;
  board.setMedia(leg, command.media);
  leg.ringTimer = sip.clock.after(command.ringSeconds * 1000, () => board.clear(leg, 'noAnswer'));
  if (waits) ring(leg, board);
  return undefined;
}

function ring(leg: Leg, board: Switchboard): void {
  if (leg.state !== 'dialing') return;
  leg.state = 'alerting';
  board.report({ type: 'alerting', leg: leg.id }, true);
}

/** Where the phone is, or the phones are: at least one. */
function find(context: OriginateContext, command: Originate): Destination[] | Refusal {
  const { to } = command;
  if ('extension' in to) {
    const bindings = context.bindings.of(to.extension);
    if (bindings.length === 0) return 'notRegistered';
    // Phones that answer by themselves would all do so: the one that registered last is at hand.
    const rung = answersByItself(command) ? bindings.slice(0, 1) : bindings;
    return rung.map(({ contact, flow }) => {
      const address = `sip:${escapeUser(to.extension)}@${hostText(flow.localAddress)}`;
      return { uri: contact, to: address, flow };
    });
  }
  const uri = throughTrunk(to.uri, context.trunks);
  const target = ipTarget(uri);
  if (target === undefined) return 'badArgument';
  return [{ uri, to: uri, flow: context.sip.transport.flowTo(target.protocol, target.address, target.port) }];
}

/** A URI whose host is the name of a trunk goes to the trunk's address. */
function throughTrunk(uri: string, trunks: readonly Trunk[]): string {
  const at = uri.lastIndexOf('@');
  const host = uri.slice(at + 1);
  const trunk = isIP(host) === 0 ? trunks.find(known => known.name === host) : undefined;
  return trunk === undefined
    ? uri
    : `${uri.slice(0, at + 1)}${hostText(trunk.address)}:${trunk.port ?? 5060}`;
}

function answersByItself({ answering }: Originate): boolean {
  return answering === 'immediately' || answering === 'autoAnswer';
}

function call(
  context: OriginateContext,
  leg: Leg,
  command: Originate,
  destinations: readonly Destination[],
): void {
  const { board, sip } = context;
  const sdp = leg.speech?.offer() ?? '';
  // Of several phones one may be unplugged: it must not keep the caller from hearing that the others are busy.
  const patience = destinations.length > 1 ? { patience: unpluggedAfter } : {};
  const calls = destinations.map(destination => ({ ...invitation(command, destination, sdp), ...patience }));
  const session = forkInvite(sip, calls, {
    ...board.handlers(leg),
    ringing() {
      ring(leg, board);
      if (leg.wantsPickUp && leg.answering === 'talk') talk(leg, board);
    },
    early(description) {
      if (leg.speech?.accept(description) !== true || leg.early) return;
      leg.early = true;
      board.report({ type: 'earlyMedia', leg: leg.id });
    },
    answered(description) {
      leg.remoteAddress = session.flow.remoteAddress;
      const agreed = description === '' ? leg.early : leg.speech?.accept(description) === true;
      if (agreed) board.wentUp(leg);
      // RFC 3261 §13.2.2.4: an answer that cannot be used is acknowledged and the call ended.
      else board.clear(leg, 'incompatible');
    },
  });
  leg.session = session;
}

function invitation(command: Originate, destination: Destination, sdp: string): OutgoingCall {
  const { flow, uri } = destination;
  const host = hostText(flow.localAddress);
  const user = command.callerNumber === '' ? 'anonymous' : escapeUser(command.callerNumber);
  return {
    flow,
    uri,
    from: { displayName: command.callerName, uri: `sip:${user}@${host}`, parameters: new Map() },
    to: { displayName: '', uri: destination.to, parameters: new Map() },
    sdp,
    headers: answersByItself(command) ? answerHeaders(host) : new Map(),
    reliable: !('extension' in command.to),
  };
}

function talk(leg: Leg, board: Switchboard): void {
  if (leg.session?.usage === undefined) return;
  leg.wantsPickUp = false;
  notify(leg, 'talk', board);
}

/** Makes the phone answer, as the leg's `answering` says. */
export function pickUp(leg: Leg, board: Switchboard): Refusal | undefined {
  if (leg.direction !== 'outgoing' || leg.answering === 'phone') return 'wrongState';
  if (leg.state === 'up' || leg.answering === 'immediately') return undefined;
  const asked = leg.wantsPickUp;
  leg.wantsPickUp = true;
  if (leg.answering === 'talk') {
    if (!asked) talk(leg, board);
    return undefined;
  }
  const { place } = leg;
  leg.place = undefined;
  place?.();
  return undefined;
}
