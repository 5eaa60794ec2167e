import type { CallManagerCommand, CallManagerReport, Outcome, SiteMessage } from '@cordboard/core';
import type { LegInventory, LegMedia } from './leg.ts';

/**
 * The legs as they are to be when all is done that a site has ordered: its commands and the reports that it got, taken in
 * the order in which it decided. What is still on the way makes no difference here.
 */
export interface OrderedLegs {
  readonly legs: ReadonlyMap<string, OrderedLeg>;
  take(message: SiteMessage, outcome: Pick<Outcome<unknown>, 'commands'>): void;
}

export interface OrderedLeg extends LegInventory {
  /** arrived from outside the house */
  outside: boolean;
  file: string;
}

const silence: LegMedia = { type: 'play', sounds: [{ type: 'silence' }] };

export const createOrderedLegs = (): OrderedLegs => {
  const legs = new Map<string, OrderedLeg>();
  let seen = 0;

  const add = (leg: string, direction: LegInventory['direction'], outside: boolean, media: LegMedia) => {
    if (legs.has(leg)) return;
    const state = direction === 'incoming' ? 'arriving' : 'dialing';
    const recordingPaused = false;
    legs.set(leg, {
      leg,
      direction,
      state,
      media,
      held: false,
      recording: false,
      recordingPaused,
      outside,
      file: '',
    });
  };

  const leavePartner = (leg: OrderedLeg, except: string) => {
    if (leg.media.type !== 'connected' || leg.media.with === except) return;
    const partner = legs.get(leg.media.with);
    if (partner?.media.type === 'connected' && partner.media.with === leg.leg) partner.media = silence;
  };

  const setMedia = (leg: OrderedLeg, media: LegMedia) => {
    const partner = media.type === 'connected' ? legs.get(media.with) : undefined;
    leavePartner(leg, partner?.leg ?? '');
    leg.media = media;
    if (!partner) return;
    leavePartner(partner, leg.leg);
    partner.media = { type: 'connected', with: leg.leg };
  };

  const remove = (leg: OrderedLeg) => {
    leavePartner(leg, '');
    legs.delete(leg.leg);
  };

  const takeReport = (report: CallManagerReport) => {
    if (report.type === 'registered' || report.type === 'unregistered') return;
    if (report.type === 'arrived')
      return add(report.leg, 'incoming', report.extension === '', { type: 'none' });
    const leg = legs.get(report.leg);
    if (!leg) return;
    if (report.type === 'alerting' && leg.state === 'dialing') leg.state = 'alerting';
    else if (report.type === 'answered') leg.state = 'up';
    else if (report.type === 'held' || report.type === 'retrieved') leg.held = report.type === 'held';
    else if (report.type === 'cleared') remove(leg);
  };

  const takeInventory = (message: Extract<SiteMessage, { type: 'inventory' }>) => {
    const outside = new Set([...legs.values()].filter(each => each.outside).map(each => each.leg));
    legs.clear();
    for (const each of message.inventory.legs)
      legs.set(each.leg, { ...each, outside: outside.has(each.leg), file: '' });
    seen = message.seq;
  };

  const take = (message: SiteMessage) => {
    if (message.type === 'inventory') return takeInventory(message);
    // after a break the call manager tells again what was not confirmed
    if (message.type !== 'report' || message.seq <= seen) return;
    seen = message.seq;
    takeReport(message.report);
  };

  const carryOut = (command: CallManagerCommand) => {
    if (command.type === 'originate') return add(command.leg, 'outgoing', false, command.media);
    const leg = legs.get(command.leg);
    if (!leg) return;
    switch (command.type) {
      case 'alert':
        if (leg.state === 'arriving') leg.state = 'alerting';
        return;
      case 'answer':
        leg.state = 'up';
        return setMedia(leg, command.media);
      case 'progress':
      case 'setMedia':
        return setMedia(leg, command.media);
      case 'setHold':
        leg.held = command.on;
        return;
      case 'startRecording':
        leg.recording = true;
        leg.recordingPaused = false;
        leg.file = command.file;
        return;
      case 'pauseRecording':
        leg.recordingPaused = command.on;
        return;
      case 'stopRecording':
        leg.recording = false;
        leg.recordingPaused = false;
        return;
      case 'clear':
        return remove(leg);
      default:
    }
  };

  return {
    legs,
    take(message, { commands }) {
      take(message);
      for (const command of commands) carryOut(command);
    },
  };
};
