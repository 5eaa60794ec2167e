import type { Call } from '../call/call.ts';
import type { Leg } from '../leg/leg.ts';
import type { CallManagerReport } from '../ports/call-manager.ts';
import type { SiteState } from '../state.ts';
import type { Turn } from '../turn.ts';
import { acceptCallback, part } from '../waiting/callback.ts';
import { digitPressed, soundsOver, stepDue } from './run-flow.ts';

type FlowReport = Extract<CallManagerReport, { type: 'digit' | 'playEnded' }>;

/** Digits and ended sounds mean something where a caller is in a flow or waits; elsewhere they are nobody's business. */
export function takeFlowReport(turn: Turn, report: FlowReport): void {
  const { state } = turn;
  const leg = state.legs.get(report.leg);
  const call = state.calls.get(leg?.callId ?? 0);
  if (leg === undefined || call === undefined || leg.progress !== 'up' || isLate(leg, report)) return;
  if (call.flow !== null) {
    if (call.flow.leg !== leg.id) return;
    if (report.type === 'digit') digitPressed(turn, call, call.flow, report.digit);
    else if (call.flow.wait.type !== 'listening') soundsOver(turn, call, call.flow);
    return;
  }
  if (leg.id !== call.origin || call.service?.stage.type !== 'waiting') return;
  if (report.type === 'playEnded') part(turn, call);
  else if (report.digit === offeredDigit(state, call)) acceptCallback(turn, call, partingSounds(state, call));
}

/** A play of before, whose end was under way when the next began. Of a call manager that names none each is believed. */
const isLate = ({ media }: Leg, report: FlowReport): boolean =>
  report.type === 'playEnded' &&
  report.name !== undefined &&
  (media.type !== 'play' || media.name !== report.name);

const offerOf = (state: SiteState, call: Call) =>
  state.directory.groups.get(call.service?.groupId ?? 0)?.waiting?.callback ?? null;
const offeredDigit = (state: SiteState, call: Call): string => offerOf(state, call)?.digit ?? '';
const partingSounds = (state: SiteState, call: Call): string[] => offerOf(state, call)?.accepted ?? [];

/** The time of a step in a flow is over, or that of saying good-bye to who is called back. */
export function flowDue(turn: Turn, call: Call): void {
  if (call.flow !== null) stepDue(turn, call, call.flow);
  else part(turn, call);
}
