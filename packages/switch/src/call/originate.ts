import { isIP } from 'node:net';
import type { Command, CommandResult } from '../control/protocol.ts';
import type { NameAddress } from '../sip/name-address.ts';
import type { BindingStore } from '../sip/registrar/bindings.ts';
import type { SessionContext } from '../sip/session/context.ts';
import { placeInvite } from '../sip/session/outgoing.ts';
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

interface Destination {
  uri: string;
  to: string;
  flow: Flow;
}

/** Calls a phone or a trunk. */
export function originate(context: OriginateContext, command: Originate): Refusal | undefined {
  const { board, sip } = context;
  if (board.legs.has(command.leg)) return 'duplicateLeg';
  const destination = find(context, command.to);
  if (typeof destination === 'string') return destination;
  const leg = createLeg({
    id: command.leg,
    direction: 'outgoing',
    answering: command.answering,
    outside: !('extension' in command.to),
    state: 'dialing',
    remoteAddress: destination.flow.remoteAddress,
    media: { type: 'none' },
  });
  // Not rung yet, but it can be picked up: to the controller that is a phone that rings.
  const waits = command.answering === 'autoAnswer';
  const opened = () => {
    const place = () => call(context, leg, command, destination);
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

function find(context: OriginateContext, to: Originate['to']): Destination | Refusal {
  if ('extension' in to) {
    const binding = context.bindings.of(to.extension)[0];
    if (binding === undefined) return 'notRegistered';
    const { flow } = binding;
    const address = `sip:${escapeUser(to.extension)}@${hostText(flow.localAddress)}`;
    return { uri: binding.contact, to: address, flow };
  }
  const uri = throughTrunk(to.uri, context.trunks);
  const target = ipTarget(uri);
  if (target === undefined) return 'badArgument';
  return { uri, to: uri, flow: context.sip.transport.flowTo(target.protocol, target.address, target.port) };
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

function call(context: OriginateContext, leg: Leg, command: Originate, destination: Destination): void {
  const { board, sip } = context;
  const { flow } = destination;
  const host = hostText(flow.localAddress);
  const user = command.callerNumber === '' ? 'anonymous' : escapeUser(command.callerNumber);
  const from: NameAddress = {
    displayName: command.callerName,
    uri: `sip:${user}@${host}`,
    parameters: new Map(),
  };
  const byItself = command.answering === 'immediately' || command.answering === 'autoAnswer';
  leg.session = placeInvite(
    sip,
    {
      flow,
      uri: destination.uri,
      from,
      to: { displayName: '', uri: destination.to, parameters: new Map() },
      sdp: leg.speech?.offer() ?? '',
      headers: byItself ? answerHeaders(host) : new Map(),
    },
    {
      ...board.handlers(leg),
      ringing() {
        ring(leg, board);
        if (leg.wantsPickUp && leg.answering === 'talk') talk(leg, board);
      },
      answered(sdp) {
        if (leg.speech?.accept(sdp) === true) board.wentUp(leg);
        // RFC 3261 §13.2.2.4: an answer that cannot be used is acknowledged and the call ended.
        else board.clear(leg, 'incompatible');
      },
    },
  );
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
