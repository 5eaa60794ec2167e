import type { AgentSnapshot } from '@cordboard/contract';
import { abilities } from '../call/allowed.ts';
import type { SiteConfiguration, TemplateName } from '../configuration/configuration.ts';
import { groupCodes } from '../data/cq-codes.ts';
import { itemsOf } from '../dispatch/publish-items.ts';
import { figuresOf } from '../real-time/figures.ts';
import type { AgentId } from '../site.ts';
import { type SiteState, sessionsOf } from '../state.ts';
import { projectCall } from './project-call.ts';
import { isRegistered, projectUser } from './project-user.ts';
import { secretFields, workspaceOf } from './workspace.ts';

/** Everything that the replica of one agent holds, as of the last item of his stream; null for an agent never seen. */
export function agentSnapshot(state: SiteState, agentId: AgentId): AgentSnapshot | null {
  const agent = state.agents.get(agentId);
  if (agent === undefined) return null;
  const { configuration } = state;
  const tenantId = state.directory.users.get(agentId)?.tenantId;
  return {
    user: projectUser(state, agent),
    registered: isRegistered(state, agent),
    abilities: abilities(state, agentId),
    calls: [...sessionsOf(state, agent)].map(each => projectCall(state, each)),
    emails: [],
    sms: [],
    openMedia: [],
    chats: [],
    notReadyReasons: configuration.notReadyReasons.map(each => ({ ID: each.id, Name: each.name })),
    serviceGroups: configuration.serviceGroups
      .filter(each => each.tenantId === tenantId)
      .map(each => ({
        id: each.id,
        name: each.name,
        media: each.media,
        cqCodes: groupCodes(state, each.id),
      })),
    dispatch: itemsOf(state, agentId),
    realTime: figuresOf(state, agentId),
    emailTemplates: templates(configuration, tenantId, 'email'),
    attendantEmailTemplates: templates(configuration, tenantId, 'attendantEmail'),
    ...windowParts(state, agentId),
  };
}

const templates = (
  configuration: SiteConfiguration,
  tenantId: number | undefined,
  kind: TemplateName['kind'],
) =>
  (configuration.templates ?? [])
    .filter(each => each.tenantId === tenantId && each.kind === kind)
    .map(each => ({ ID: each.id, Name: each.name }));

/** Number of the last item of an agent's stream. */
export const streamSeq = (state: SiteState, agentId: AgentId): number =>
  state.agents.get(agentId)?.stream.seq ?? 0;

/** Left out where nothing is configured: it is the same for thousands of agents. */
function windowParts(state: SiteState, agentId: AgentId): Pick<AgentSnapshot, 'secretFields' | 'workspace'> {
  const secret = secretFields(state.configuration);
  return {
    ...(secret.length > 0 && { secretFields: secret }),
    ...(state.configuration.window !== undefined && { workspace: workspaceOf(state, agentId) }),
  };
}
