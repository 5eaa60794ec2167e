import type { ConfiguredTab, Workspace } from '@cordboard/contract';
import type { SiteConfiguration, WebTab } from '../configuration/configuration.ts';
import type { AgentId } from '../site.ts';
import type { SiteState } from '../state.ts';

/** What the configuration says of an agent's window, and of what no log may show. */
export function workspaceOf(state: SiteState, agentId: AgentId): Workspace {
  const { window } = state.configuration;
  const secret = secretFields(state.configuration);
  if (window === undefined) return { tabs: [], actions: [], pages: [], secretFields: secret };
  const agentGroups = state.directory.users.get(agentId)?.agentGroups ?? [];
  return {
    tabs: [
      ...(window.defaultTab === undefined ? [] : [tab('default', window.defaultTab)]),
      ...window.groups.filter(each => agentGroups.includes(each.agentGroup)).map(each => tab('group', each)),
      ...window.personal.filter(each => each.userId === agentId).map(each => tab('personal', each)),
    ],
    actions: window.actions.map(({ serviceGroup, ...action }) => ({
      ...action,
      group: state.directory.groups.get(serviceGroup)?.name ?? '',
    })),
    pages: window.pages,
    secretFields: secret,
  };
}

const tab = (kind: ConfiguredTab['kind'], { name, url, placement }: WebTab): ConfiguredTab => ({
  kind,
  name,
  url,
  placement,
});

/** What customers type to identify themselves, wherever the flows put it. */
export function secretFields({ flows = [] }: SiteConfiguration): string[] {
  const fields = flows.flatMap(({ steps }) =>
    steps.flatMap(step => (step.type === 'collect' && step.secret && step.field !== '' ? [step.field] : [])),
  );
  return [...new Set(fields)];
}

/** Of what agents' windows are made, but for the agent groups that each is in. */
export function windowIdentity({ configuration }: SiteState): string {
  const { window, serviceGroups } = configuration;
  if (window === undefined) return JSON.stringify(secretFields(configuration));
  return JSON.stringify([
    window,
    serviceGroups.map(each => [each.id, each.name]),
    secretFields(configuration),
  ]);
}
