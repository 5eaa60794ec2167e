import { legArrived } from '../call/arrive.ts';
import type { Call } from '../call/call.ts';
import { freeSpeech } from '../call/free-speech.ts';
import { routeCall } from '../call/route-call.ts';
import { settleCall } from '../call/settle-call.ts';
import { settleDeflection } from '../deflect/settle-deflection.ts';
import { takeFlowReport } from '../flow/take-flow-report.ts';
import type { CallManagerReport } from '../ports/call-manager.ts';
import { takeRecordingReport } from '../recording/take-recording-report.ts';
import { callOf } from '../state.ts';
import { emit, type Turn } from '../turn.ts';
import { customerAnswered, dialCallback } from '../waiting/callback-attempt.ts';
import type { Leg } from './leg.ts';
import { legCleared } from './leg-cleared.ts';
import { transferRequested } from './take-transfer.ts';

/** What the call manager tells. Facts about legs that the site does not know, or has ordered to clear, are none. */
export function takeReport(turn: Turn, report: CallManagerReport): void {
  switch (report.type) {
    case 'arrived':
      legArrived(turn, report);
      return;
    case 'cleared':
      legCleared(turn, report);
      return;
    case 'registered':
    case 'unregistered':
      takeRegistration(turn, report);
      return;
    case 'transferRequested':
      transferRequested(turn, report);
      return;
    case 'alerting':
    case 'earlyMedia':
    case 'answered':
    case 'held':
    case 'retrieved':
      takeProgress(turn, report);
      return;
    case 'digit':
    case 'playEnded':
      takeFlowReport(turn, report);
      return;
    case 'recordingStarted':
    case 'recordingStopped':
      takeRecordingReport(turn, report);
      return;
  }
}

function takeRegistration(
  turn: Turn,
  report: Extract<CallManagerReport, { type: 'registered' | 'unregistered' }>,
): void {
  const phone = turn.state.phones.get(report.extension);
  if (report.type === 'unregistered') {
    if (phone?.registered === true) emit(turn, { type: 'phoneUnregistered', extension: report.extension });
    return;
  }
  if (phone?.registered === true && phone.address === report.address) return;
  emit(turn, { type: 'phoneRegistered', extension: report.extension, address: report.address });
}

type Progress = Extract<
  CallManagerReport,
  { type: 'alerting' | 'earlyMedia' | 'answered' | 'held' | 'retrieved' }
>;

function takeProgress(turn: Turn, report: Progress): void {
  const leg = turn.state.legs.get(report.leg);
  if (leg === undefined || leg.clearing !== null || !tellsNews(leg, report)) return;
  switch (report.type) {
    case 'alerting':
      emit(turn, { type: 'legAlerting', leg: leg.id });
      break;
    case 'earlyMedia':
      emit(turn, { type: 'legHeardEarly', leg: leg.id });
      break;
    case 'answered':
      emit(turn, { type: 'legAnswered', leg: leg.id });
      break;
    case 'held':
    case 'retrieved':
      emit(turn, { type: 'legHeld', leg: leg.id, on: report.type === 'held' });
      break;
  }
  const call = callOf(turn.state, leg.callId);
  if (report.type === 'answered') {
    customerAnswered(turn, call, leg.id);
    callDestination(turn, call);
  }
  const session = turn.state.sessions.get(leg.sessionId);
  if (report.type === 'retrieved' && session !== undefined) freeSpeech(turn, session);
  settleDeflection(turn, call);
  settleCall(turn, call);
  if (report.type === 'answered') dialCallback(turn, call);
}

function tellsNews(leg: Leg, report: Progress): boolean {
  switch (report.type) {
    case 'alerting':
      return leg.progress === 'dialing';
    case 'earlyMedia':
      // a phone of the house rings, and its caller hears ours
      return !leg.early && leg.extension === '' && leg.direction === 'outgoing' && leg.progress !== 'up';
    case 'answered':
      return leg.progress !== 'up';
    case 'held':
      // what an outside party does with its end is its own affair
      return !leg.held && leg.progress === 'up' && leg.extension !== '';
    case 'retrieved':
      return leg.held;
  }
}

/** The agent's own phone is up: now the number that he wants is called. */
function callDestination(turn: Turn, call: Call): void {
  const { destination } = call;
  if (destination === null) return;
  emit(turn, { type: 'callRouted', callId: call.id });
  routeCall(turn, call, destination);
}
