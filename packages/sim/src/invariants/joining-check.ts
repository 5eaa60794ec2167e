import { type ICall, SessionState } from '@cordboard/contract';
import type { Outcome, SiteEvent, SiteState } from '@cordboard/core';
import type { Findings } from './findings.ts';

/** What goes with a call that is transferred or becomes a conference, and that somebody is asked to take it. */
export interface JoiningCheck {
  step(outcome: Pick<Outcome<SiteEvent>, 'events' | 'published'>, state: SiteState): void;
  recovered(calls: Iterable<ICall>): void;
}

const dataOf = ({ PrivateData, IVRLabels, IVRData }: ICall): string =>
  JSON.stringify([PrivateData, IVRLabels, IVRData]);

/** A transferred call that nobody has answered yet rings somewhere, or waits in a queue. */
const recallFault = (state: SiteState): string | null => {
  for (const { id, recall, legs, service, ended } of state.calls.values()) {
    if (recall === null || ended) continue;
    const isQueued = service !== null && service.stage.type === 'waiting';
    if (!isQueued && legs.every(leg => state.legs.get(leg)?.progress === 'up'))
      return `call ${id} was transferred and rings nowhere (${recall.stage})`;
  }
  return null;
};

export const createJoiningCheck = (findings: Findings): JoiningCheck => {
  /** as last told, by session */
  const told = new Map<number, ICall>();

  const take = (call: ICall) => {
    if (call.State === SessionState.Idle) told.delete(call.ID);
    else told.set(call.ID, call);
  };

  const checkData = (state: SiteState, callId: number, wanted: string) => {
    for (const id of state.calls.get(callId)?.sessions ?? []) {
      const call = told.get(id);
      if (call && dataOf(call) !== wanted)
        findings.violated('SYS-129', `call ${id} shows ${dataOf(call)}, the joined call had ${wanted}`);
    }
  };

  return {
    step({ events, published }, state) {
      const before = events.flatMap(event => {
        if (event.type !== 'callTransferred' && event.type !== 'callConferenced') return [];
        const call = told.get(event.sessionId);
        return call ? [{ callId: event.callId, data: dataOf(call) }] : [];
      });
      for (const { item } of published) if (item.event === 'OnCallEvent') take(item.values[0]);
      for (const { callId, data } of before) checkData(state, callId, data);
      const fault = recallFault(state);
      if (fault) findings.violated('SYS-130', fault);
    },
    recovered(calls) {
      told.clear();
      for (const call of calls) take(call);
    },
  };
};
