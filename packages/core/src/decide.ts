import { clientAttached, clientLost } from './agent/client.ts';
import { logOff } from './agent/log-off.ts';
import { logOn } from './agent/log-on.ts';
import { configure } from './configuration/configure.ts';
import type { SiteEvent } from './event.ts';
import { beginStep, endStep } from './evolve.ts';
import { takeInventory } from './leg/take-inventory.ts';
import { takeReport } from './leg/take-report.ts';
import type { SiteMessage } from './message.ts';
import { settleMonitors } from './monitor/settle-monitors.ts';
import type { CallManagerCommand } from './ports/call-manager.ts';
import { settleRecordings } from './recording/settle-recordings.ts';
import { answerRequest } from './request/answer-request.ts';
import { match } from './routing/match.ts';
import type { Answer, Outcome } from './site.ts';
import type { SiteState } from './state.ts';
import { fireTimers } from './timer/fire-timers.ts';
import { commandsOf, emit, type Turn } from './turn.ts';
import { planWaiting } from './waiting/treat-waiting.ts';

/** Takes one message to its end: everything that follows from it follows in this step. Changes the state in place. */
export function decide(state: SiteState, message: SiteMessage): Outcome<SiteEvent> {
  const before = state.now;
  beginStep(state, message.at);
  const turn: Turn = { state, events: [] };
  const { answer, commands } = take(turn, message);
  serve(turn);
  settleMonitors(turn);
  settleRecordings(turn);
  // without events there is no step: the state must stay as it was
  if (turn.events.length === 0) state.now = before;
  return {
    at: state.now,
    events: turn.events,
    answer,
    commands: [...commandsOf(turn.events), ...commands],
    published: endStep(state),
  };
}

/** Brings callers and agents together; what a call that found nobody leads to may bring it to others. */
function serve(turn: Turn): void {
  const { step } = turn.state;
  do {
    const queued = [...step.queued];
    match(turn);
    planWaiting(turn, queued);
  } while (step.queued.length > 0);
}

interface Taken {
  answer: Answer | null;
  commands: CallManagerCommand[];
}

const taken = (answer: Answer | null = null, commands: CallManagerCommand[] = []): Taken => ({
  answer,
  commands,
});

function take(turn: Turn, message: SiteMessage): Taken {
  switch (message.type) {
    case 'request':
      return taken(answerRequest(turn, message.agentId, message.requestId, message.request));
    case 'report':
      takeNumbered(turn, message);
      return taken();
    case 'timersDue':
      fireTimers(turn);
      return taken();
    case 'logOn':
      return taken(logOn(turn, message));
    case 'logOff':
      return taken(logOff(turn, message.agentId));
    case 'clientAttached':
      clientAttached(turn, message.agentId, message.client);
      return taken();
    case 'clientLost':
      clientLost(turn, message.agentId, message.client);
      return taken();
    case 'configure':
      configure(turn, message.configuration);
      return taken();
    case 'inventory':
      return taken(null, takeInventory(turn, message.inventory, message.seq));
  }
}

/** A report that was taken before says nothing new. One that changes nothing needs no record. */
function takeNumbered(turn: Turn, message: Extract<SiteMessage, { type: 'report' }>): void {
  const { state, events } = turn;
  if (message.seq <= state.callManager.seq) return;
  takeReport(turn, message.report);
  if (events.length > 0) emit(turn, { type: 'reportTaken', seq: message.seq });
}
