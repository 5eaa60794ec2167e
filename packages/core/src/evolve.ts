import { evolveAgent } from './agent/evolve-agent.ts';
import { evolveCall } from './call/evolve-call.ts';
import { evolveDeflection } from './deflect/evolve-deflection.ts';
import { evolveDispatch } from './dispatch/evolve-dispatch.ts';
import { publishItems } from './dispatch/publish-items.ts';
import type { SiteEvent } from './event.ts';
import { evolveHouse } from './evolve-house.ts';
import { evolveFlow } from './flow/evolve-flow.ts';
import { evolveIntrude } from './intrude/evolve-intrude.ts';
import { evolveLeg } from './leg/evolve-leg.ts';
import { evolveMonitor } from './monitor/evolve-monitor.ts';
import { evolveRealTime, publishFigures } from './real-time/evolve-real-time.ts';
import { evolveRecording } from './recording/evolve-recording.ts';
import { addSeats } from './routing/queues.ts';
import type { Publication, Step, Time } from './site.ts';
import { agentOf, createNotes, type SiteState } from './state.ts';
import { publishTouched } from './stream/publish.ts';
import { evolveWaiting } from './waiting/evolve-waiting.ts';

/** Applies one fact to the state. Everything in the state follows from the facts, in their order. */
export function evolve(state: SiteState, event: SiteEvent): void {
  switch (event.type) {
    case 'configured':
    case 'callManagerAttached':
    case 'reportTaken':
    case 'phoneRegistered':
    case 'phoneUnregistered':
    case 'timerFired':
      evolveHouse(state, event);
      return;
    case 'agentLoggedOn':
    case 'agentClientAttached':
    case 'agentClientLost':
    case 'agentLeft':
    case 'agentLoggedOff':
    case 'agentReadyChanged':
    case 'requestAnswered':
      evolveAgent(state, event);
      return;
    case 'legArrived':
    case 'legOriginated':
    case 'legOrdered':
    case 'legAlerting':
    case 'legHeardEarly':
    case 'legAnswered':
    case 'legHeld':
    case 'legCleared':
      evolveLeg(state, event);
      return;
    case 'recordingAsked':
    case 'recordingUnasked':
    case 'recordingBegun':
    case 'recordingStarted':
    case 'recordingPaused':
    case 'recordingStopping':
    case 'recordingEnded':
      evolveRecording(state, event);
      return;
    case 'deflectionStarted':
    case 'deflectionEnded':
    case 'callDeflected':
      evolveDeflection(state, event);
      return;
    case 'flowMoved':
    case 'digitsCollected':
    case 'flowEnded':
    case 'authenticationStarted':
    case 'authenticationReleased':
      evolveFlow(state, event);
      return;
    case 'waitingPlanned':
    case 'waitingAnnounced':
    case 'callOverflowed':
    case 'callbackAccepted':
    case 'callbackDialled':
    case 'callbackFailed':
    case 'callbackDue':
    case 'callbackEnded':
      evolveWaiting(state, event);
      return;
    case 'callIntruded':
      evolveIntrude(state, event);
      return;
    case 'monitorStarted':
    case 'monitorListening':
    case 'monitorModeSet':
    case 'monitorWaiting':
    case 'monitorEnded':
      evolveMonitor(state, event);
      return;
    case 'dispatchSubscribed':
    case 'dispatchEnabled':
    case 'itemReserved':
    case 'itemReleased':
    case 'itemBecameGeneral':
    case 'callPlaced':
    case 'callUnplaced':
    case 'recallDeferred':
      evolveDispatch(state, event);
      return;
    case 'realTimeSubscribed':
      evolveRealTime(state, event);
      return;
    default:
      evolveCall(state, event);
  }
}

/** Time never goes back, whatever a clock says. */
export const beginStep = (state: SiteState, at: Time): void => {
  state.now = Math.max(state.now, at);
};

/** What the agents hear of the step, in order. */
export function endStep(state: SiteState): Publication[] {
  publishTouched(state);
  publishItems(state);
  publishFigures(state);
  seatFreed(state);
  const { published } = state.step;
  state.step = createNotes();
  return published;
}

/** Who became free and got nothing: in a decision that has been seen to, in a replay it has not. */
function seatFreed(state: SiteState): void {
  for (const agentId of state.step.freed) {
    if (state.queues.available.has(agentId)) {
      addSeats(state.queues, agentId, agentOf(state, agentId).idleOrder);
    }
  }
}

/** Brings a state from where the first of the steps began to where the last ended; returns what was published on the way. */
export function replay(state: SiteState, steps: Iterable<Step<SiteEvent>>): Publication[] {
  const published: Publication[] = [];
  for (const step of steps) {
    beginStep(state, step.at);
    for (const event of step.events) evolve(state, event);
    for (const each of endStep(state)) published.push(each);
  }
  return published;
}
