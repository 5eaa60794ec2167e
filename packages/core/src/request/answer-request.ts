import { findMethod, type RefusalReason } from '@cordboard/contract';
import type { Agent } from '../agent/agent.ts';
import type { AgentId, Answer, SiteRequest } from '../site.ts';
import { agentOf, type SiteState } from '../state.ts';
import { emit, type Turn } from '../turn.ts';
import type { Asked, Verdict } from './handler.ts';
import { handlers, notAvailable } from './handlers.ts';

/** Acts once on a request, however often it comes: the answer is remembered with what it led to. */
export function answerRequest(turn: Turn, agentId: AgentId, requestId: string, request: SiteRequest): Answer {
  const { state } = turn;
  // somebody who is no user is not worth a record
  if (!state.agents.has(agentId) && !state.directory.users.has(agentId)) return refusal('notLoggedOn');
  const agent = agentOf(state, agentId);
  const before = agent.answers.get(requestId);
  if (before !== undefined) return before;
  const verdict = decideRequest(turn, agent, requestId, request);
  const answer = answerOf(verdict);
  emit(turn, { type: 'requestAnswered', agentId, requestId, answer });
  return answer;
}

const answerOf = (verdict: Verdict): Answer => {
  if (verdict === null) return { ok: true, value: true };
  return typeof verdict === 'string' ? refusal(verdict) : { ok: true, value: verdict.value };
};

const refusal = (reason: RefusalReason): Answer => ({ ok: false, refusal: { reason } });

function decideRequest(turn: Turn, agent: Agent, requestId: string, request: SiteRequest): Verdict {
  if (agent.presence.type === 'loggedOff') return 'notLoggedOn';
  const handler = handlers[request.method];
  if (handler === notAvailable) return notAvailable;
  if (!hasPrivilege(turn.state, agent, request.method)) return 'missingPrivilege';
  // the table is typed name by name; here the name and its arguments come together from one message
  const act = handler as (
    asked: Omit<Asked<SiteRequest['method']>, 'arguments'> & { arguments: object },
  ) => Verdict;
  return act({ turn, agent, arguments: request.arguments, requestId });
}

function hasPrivilege(state: SiteState, agent: Agent, method: SiteRequest['method']): boolean {
  const privilege = findMethod(method)?.privilege ?? null;
  if (privilege === null) return true;
  return state.directory.users.get(agent.id)?.privileges.includes(privilege) ?? false;
}
