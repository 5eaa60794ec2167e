import { type AgentSnapshot, type ICall, SessionState } from '@cordboard/contract';
import type { StreamItem } from '@cordboard/core';
import { flagsOutOfPlace, hasSpeech, isActive, isPermittedStep } from './call-states.ts';
import { timeFaults } from './call-times.ts';
import type { Findings } from './findings.ts';

/** Watches one agent's stream where the agent's program gets it. */
export interface StreamCheck {
  /** the stream begins again with everything that is now */
  snapshot(seq: number, snapshot: AgentSnapshot): void;
  item(seq: number, item: StreamItem): void;
  readonly items: number;
  /** number of the last item, or of the snapshot */
  readonly last: number | null;
}

export const createStreamCheck = (agent: string, findings: Findings): StreamCheck => {
  const calls = new Map<number, ICall>();
  /** ids that had their last event; ids are never used again */
  const ended = new Set<number>();
  let last: number | null = null;
  let items = 0;

  const violated = (rule: string, what: string) => findings.violated(rule, `${agent}: ${what}`);

  const checkSides = () => {
    const states = [...calls.values()];
    const list = (some: ICall[]) => some.map(each => `${each.ID} in ${each.State}`).join(', ');
    const talking = states.filter(each => hasSpeech(each.State));
    if (talking.length > 1) violated('SYS-06', `two calls with speech: ${list(talking)}`);
    const active = states.filter(each => isActive(each.State));
    if (active.length > 1) violated('SYS-06', `two active calls: ${list(active)}`);
    const offers = states.filter(
      each => each.State === SessionState.Offered && each.CallInfo.GroupName !== '',
    );
    if (offers.length > 1) violated('SYS-07', `two offers: ${list(offers)}`);
  };

  const checkCall = (call: ICall) => {
    const before = calls.get(call.ID);
    if (ended.has(call.ID)) violated('SYS-03', `call ${call.ID} had ended, now state ${call.State}`);
    if (!isPermittedStep(before?.State ?? null, call.State)) {
      violated('SYS-02', `call ${call.ID} went from ${before?.State ?? 'nothing'} to ${call.State}`);
    }
    for (const flag of flagsOutOfPlace(call)) {
      violated('SYS-04', `call ${call.ID} in state ${call.State} has ${flag}`);
    }
    if (call.CanReject && call.CallInfo.GroupName === '') violated('SYS-04', `call ${call.ID} has CanReject`);
    if (call.IVRData.length !== call.IVRLabels.length)
      violated('SYS-04', `call ${call.ID}: IVR arrays differ`);
    for (const fault of timeFaults(before, call)) {
      violated('SYS-05', `call ${call.ID} in state ${call.State}: ${fault}`);
    }
    if (call.State === SessionState.Idle) {
      calls.delete(call.ID);
      ended.add(call.ID);
    } else {
      calls.set(call.ID, call);
    }
    checkSides();
  };

  return {
    snapshot(seq, snapshot) {
      if (last !== null && seq < last) violated('SYS-01', `snapshot of ${seq} after item ${last}`);
      last = seq;
      for (const id of calls.keys()) if (!snapshot.calls.some(each => each.ID === id)) ended.add(id);
      calls.clear();
      for (const call of snapshot.calls) {
        if (ended.has(call.ID)) violated('SYS-03', `call ${call.ID} had ended and is in a snapshot`);
        calls.set(call.ID, call);
      }
      checkSides();
    },
    item(seq, item) {
      items += 1;
      if (last === null || seq !== last + 1) violated('SYS-01', `item ${seq} after ${last ?? 'nothing'}`);
      last = seq;
      if (item.event === 'OnCallEvent') checkCall(item.values[0]);
    },
    get last() {
      return last;
    },
    get items() {
      return items;
    },
  };
};
