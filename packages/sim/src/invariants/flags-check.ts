import type { ICall } from '@cordboard/contract';
import type { SiteRequest, SiteState } from '@cordboard/core';
import type { Randomness } from '../random/randomness.ts';
import type { SiteCore } from '../site/core.ts';
import type { Findings } from './findings.ts';

type Flag = 'CanAnswer' | 'CanDeflect' | 'CanHangup' | 'CanHold' | 'CanRetrieve' | 'CanReject';

const outside = '0891234567';

/** What a flag promises; holding is about the active call, which the one with the flag is. */
const requestOf: { [Name in Flag]: (callId: number) => SiteRequest } = {
  CanAnswer: callId => ({ method: 'answerCall', arguments: { callId } }),
  CanDeflect: callId => ({ method: 'deflectCall', arguments: { callId, destination: outside } }),
  CanHangup: callId => ({ method: 'hangupCall', arguments: { callId } }),
  CanHold: () => ({ method: 'holdActiveCall', arguments: {} }),
  CanRetrieve: callId => ({ method: 'retrieveCall', arguments: { callId } }),
  CanReject: callId => ({ method: 'rejectServiceCall', arguments: { callId } }),
};
const flags = Object.keys(requestOf) as Flag[];

/** The same was asked already and is on its way, or this agent may do none of it. */
const excused: ReadonlySet<string> = new Set(['inProgress', 'missingPrivilege']);

/** Now and then, on a copy of the state: what an agent is told that he can do is accepted when he does it. */
export const createFlagsCheck = (core: SiteCore, random: Randomness, findings: Findings) => {
  let probes = 0;

  const refusalOf = (state: SiteState, at: number, agentId: number, request: SiteRequest): string => {
    const copy = core.load(core.save(state));
    probes += 1;
    const requestId = `probe-${probes}`;
    const { answer } = core.decide(copy, { type: 'request', at, agentId, requestId, request });
    return answer?.ok === false ? answer.refusal.reason : '';
  };

  const probeCall = (state: SiteState, at: number, agentId: number, call: ICall) => {
    // which call is to be held is not said in the request
    const asked = call.CanHold ? flags : flags.filter(each => each !== 'CanHold');
    const flag = random.pick(asked);
    const refusal = refusalOf(state, at, agentId, requestOf[flag](call.ID));
    if (excused.has(refusal) || call[flag] === (refusal === '')) return;
    findings.violated(
      'SYS-131',
      `agent ${agentId} has ${flag} ${call[flag]} for call ${call.ID} in state ${call.State}, and is told: ${refusal || 'yes'}`,
    );
  };

  const probeAbilities = (state: SiteState, at: number, agentId: number) => {
    const snapshot = core.agent(state, agentId)?.snapshot;
    if (!snapshot) return;
    const { canConference, canMakeCall, canTransfer } = snapshot.abilities;
    const refused = (request: SiteRequest) => refusalOf(state, at, agentId, request);
    const check = (name: string, can: boolean, refusal: string) => {
      if (excused.has(refusal) || can === (refusal === '')) return;
      findings.violated('SYS-131', `agent ${agentId} has ${name} ${can}, and is told: ${refusal || 'yes'}`);
    };
    check('canMakeCall', canMakeCall, refused({ method: 'makeCall', arguments: { number: outside } }));
    check('canConference', canConference, refused({ method: 'conferenceActiveCall', arguments: {} }));
    const each = snapshot.calls.map(({ ID }) =>
      refused({ method: 'transferCall', arguments: { callId: ID } }),
    );
    check('canTransfer', canTransfer, each.find(refusal => refusal === '') ?? each[0] ?? 'no call');
  };

  return {
    probe(state: SiteState, at: number) {
      const busy = [...state.agents.values()].filter(each => each.sessions.length > 0);
      if (busy.length === 0) return;
      const { id } = random.pick(busy);
      const calls = core.agent(state, id)?.snapshot.calls ?? [];
      if (random.chance(0.2)) probeAbilities(state, at, id);
      else if (calls.length > 0) probeCall(state, at, id, random.pick(calls));
    },
  };
};
