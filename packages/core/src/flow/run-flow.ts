import { endAuthentication } from '../authentication/authenticate.ts';
import type { Call } from '../call/call.ts';
import { endIfEmpty, releaseAll } from '../call/leave-call.ts';
import { routeCall } from '../call/route-call.ts';
import { settleCall } from '../call/settle-call.ts';
import { setField } from '../data/call-data.ts';
import type { LegId } from '../ports/call-manager.ts';
import { queueCall } from '../routing/queue-call.ts';
import type { SiteState } from '../state.ts';
import { emit, type Turn } from '../turn.ts';
import { acceptCallback, mayBeCalledBack } from '../waiting/callback.ts';
import { type Collected, closeInput, shownDigits, takeDigit } from './collect.ts';
import { type CollectStep, type Flow, type FlowStep, type OfferCallbackStep, stepAfter } from './flow.ts';
import type { Authentication, FlowEnd, FlowRun, FlowWait } from './flow-run.ts';
import { isOpen } from './opening-hours.ts';

/** A call that takes more steps, through however many flows, goes round and round. */
export const maximumSteps = 200;

/** Longer than any prompt: a caller is not lost with a report. */
const playLimit = 300_000;

const configuredFlow = (state: SiteState, name: string): Flow | undefined => state.directory.flows.get(name);

/** From here on the flow leads the person at the leg. */
export function startFlow(
  turn: Turn,
  call: Call,
  flow: Flow,
  leg: LegId,
  authentication: Authentication | null = null,
): void {
  const run: FlowRun = {
    leg,
    flow: flow.name,
    step: 0,
    wait: { type: 'playing' },
    sounds: [],
    due: turn.state.now + playLimit,
    authentication,
  };
  emit(turn, { type: 'flowMoved', callId: call.id, run, stepsTaken: call.stepsTaken });
  goTo(turn, call, run, 0);
}

/** Takes steps until one waits for the caller, or the flow is over. */
function goTo(turn: Turn, call: Call, run: FlowRun, index: number): void {
  const { state } = turn;
  const flow = configuredFlow(state, run.flow);
  let at = index;
  for (let taken = call.stepsTaken + 1; ; taken += 1) {
    const step = flow?.steps[at];
    if (flow === undefined || step === undefined) {
      endFlow(turn, call, run, flow === undefined || at < 0 ? 'unconfigured' : 'completed');
      return;
    }
    if (taken > maximumSteps) {
      endFlow(turn, call, run, 'tooManySteps');
      return;
    }
    const entered = { ...run, step: at };
    switch (step.type) {
      case 'branch': {
        const hours = state.directory.openingHours.get(step.hours);
        const open = hours === undefined || isOpen(hours, state.now);
        at = stepAfter(flow, at, open ? step.open : step.closed);
        continue;
      }
      case 'setData':
        setField(
          turn,
          { callId: call.id, sessionId: 0, agentId: 0 },
          { label: step.field, data: step.value },
        );
        at = stepAfter(flow, at, step.next);
        continue;
      case 'offerCallback':
        if (!mayBeCalledBack(state, call, run.leg)) {
          at = stepAfter(flow, at, step.next);
          continue;
        }
        break;
      default:
    }
    emit(turn, { type: 'flowMoved', callId: call.id, run: entered, stepsTaken: taken });
    enter(turn, call, entered, step);
    return;
  }
}

function enter(turn: Turn, call: Call, run: FlowRun, step: FlowStep): void {
  const { state } = turn;
  switch (step.type) {
    case 'play':
      hear(turn, call, run, { type: 'playing' }, step.sounds);
      return;
    case 'collect':
    case 'offerCallback':
      hear(turn, call, run, { type: 'prompting', attempt: 1 }, step.prompt);
      return;
    case 'queue': {
      const group = state.directory.groups.get(step.group);
      if (group === undefined || run.authentication !== null) {
        endFlow(turn, call, run, 'unconfigured');
        return;
      }
      emit(turn, { type: 'flowEnded', callId: call.id, flow: run.flow, cause: 'queued' });
      queueCall(turn, call, group);
      return;
    }
    case 'deflect':
      if (run.authentication !== null) {
        endFlow(turn, call, run, 'unconfigured');
        return;
      }
      emit(turn, { type: 'flowEnded', callId: call.id, flow: run.flow, cause: 'deflected' });
      routeCall(turn, call, step.number);
      return;
    default:
      endFlow(turn, call, run, 'completed');
  }
}

/** Plays and waits. The same sounds again are another play, and are played again. */
function hear(turn: Turn, call: Call, run: FlowRun, wait: FlowWait, sounds: string[]): void {
  const attempt = wait.type === 'playing' ? 1 : wait.attempt;
  const play = `flow-${call.id}-${call.stepsTaken}-${attempt}`;
  const next: FlowRun = { ...run, wait, sounds, play, due: turn.state.now + playLimit };
  emit(turn, { type: 'flowMoved', callId: call.id, run: next, stepsTaken: call.stepsTaken });
  if (sounds.length === 0) {
    soundsOver(turn, call, next);
    return;
  }
  settleCall(turn, call);
}

/** The call manager has played all that it was told to, or the time for it is over. */
export function soundsOver(turn: Turn, call: Call, run: FlowRun): void {
  const { step, flow } = stepOf(turn.state, run);
  if (run.wait.type === 'playing' && flow !== undefined && step?.type === 'play') {
    goTo(turn, call, run, stepAfter(flow, run.step, step.next));
    return;
  }
  if (run.wait.type !== 'prompting' || (step?.type !== 'collect' && step?.type !== 'offerCallback')) {
    if (run.wait.type !== 'listening') endFlow(turn, call, run, 'unconfigured');
    return;
  }
  listen(turn, call, run, step, run.wait.attempt, '');
}

function listen(
  turn: Turn,
  call: Call,
  run: FlowRun,
  step: CollectStep | OfferCallbackStep,
  attempt: number,
  digits: string,
): void {
  const seconds =
    step.type === 'offerCallback'
      ? step.seconds
      : digits === ''
        ? step.firstDigitSeconds
        : step.nextDigitSeconds;
  // a digit breaks off the prompt
  const sounds = digits === '' ? run.sounds : [];
  const next: FlowRun = {
    ...run,
    wait: { type: 'listening', attempt, digits },
    sounds,
    due: turn.state.now + seconds * 1000,
  };
  emit(turn, { type: 'flowMoved', callId: call.id, run: next, stepsTaken: call.stepsTaken });
  settleCall(turn, call);
}

const stepOf = (state: SiteState, run: FlowRun): { flow: Flow | undefined; step: FlowStep | undefined } => {
  const flow = configuredFlow(state, run.flow);
  return { flow, step: flow?.steps[run.step] };
};

/** The caller pressed a digit. */
export function digitPressed(turn: Turn, call: Call, run: FlowRun, digit: string): void {
  const { wait } = run;
  if (wait.type === 'playing') return;
  const { step } = stepOf(turn.state, run);
  if (step?.type === 'offerCallback') {
    if (digit === step.digit) callBack(turn, call, run, step);
    return;
  }
  if (step?.type !== 'collect') return;
  const collected = takeDigit(step, wait.type === 'listening' ? wait.digits : '', digit);
  if (collected.type === 'more') listen(turn, call, run, step, wait.attempt, collected.digits);
  else inputOver(turn, call, run, step, wait.attempt, collected);
}

function callBack(turn: Turn, call: Call, run: FlowRun, step: OfferCallbackStep): void {
  const group = turn.state.directory.groups.get(step.group);
  if (group === undefined) {
    endFlow(turn, call, run, 'unconfigured');
    return;
  }
  emit(turn, { type: 'flowEnded', callId: call.id, flow: run.flow, cause: 'queued' });
  queueCall(turn, call, group);
  acceptCallback(turn, call, step.accepted);
}

/** The time of a step is over. */
export function stepDue(turn: Turn, call: Call, run: FlowRun): void {
  const { flow, step } = stepOf(turn.state, run);
  if (run.wait.type !== 'listening') {
    soundsOver(turn, call, run);
  } else if (flow !== undefined && step?.type === 'offerCallback') {
    goTo(turn, call, run, stepAfter(flow, run.step, step.next));
  } else if (step?.type === 'collect') {
    inputOver(turn, call, run, step, run.wait.attempt, closeInput(step, run.wait.digits));
  } else {
    endFlow(turn, call, run, 'unconfigured');
  }
}

function inputOver(
  turn: Turn,
  call: Call,
  run: FlowRun,
  step: CollectStep,
  attempt: number,
  collected: Collected,
): void {
  const { flow } = stepOf(turn.state, run);
  if (flow === undefined) return;
  if (collected.type === 'wrong') {
    if (attempt < step.attempts) {
      hear(turn, call, run, { type: 'prompting', attempt: attempt + 1 }, [...step.invalid, ...step.prompt]);
    } else if (step.otherwise === '') endFlow(turn, call, run, 'failed');
    else goTo(turn, call, run, stepAfter(flow, run.step, step.otherwise));
    return;
  }
  const { digits } = collected;
  const choice = step.menu[digits] ?? '';
  emit(turn, {
    type: 'digitsCollected',
    callId: call.id,
    flow: run.flow,
    label: step.label,
    digits: shownDigits(step, digits),
    choice,
  });
  if (step.field !== '') {
    setField(turn, { callId: call.id, sessionId: 0, agentId: 0 }, { label: step.field, data: digits });
  }
  goTo(turn, call, run, stepAfter(flow, run.step, choice === '' ? step.next : choice));
}

/** A flow that leads nowhere ends the call; one that an agent waits for gives it back to him. */
export function endFlow(turn: Turn, call: Call, run: FlowRun, cause: FlowEnd): void {
  emit(turn, { type: 'flowEnded', callId: call.id, flow: run.flow, cause });
  if (run.authentication !== null) {
    endAuthentication(turn, call, run.authentication, cause);
    return;
  }
  releaseAll(turn, call, 'normal');
  endIfEmpty(turn, call, 'normal');
}
