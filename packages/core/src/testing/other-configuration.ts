import type { SiteConfiguration } from '../configuration/configuration.ts';
import type { Act } from './act.ts';
import { type SiteOptions, testConfiguration } from './configuration.ts';

type Change = (from: SiteConfiguration) => SiteConfiguration;

/** What an administrator may take away, or change, while calls are there. */
const changes: readonly Change[] = [
  from => from,
  from => ({ ...from, flows: [] }),
  ({ authentication: _none, ...rest }) => rest,
  from => ({ ...from, serviceGroups: from.serviceGroups.map(({ waiting: _none, ...rest }) => rest) }),
  from => ({ ...from, extensions: from.extensions.slice(1) }),
  from => ({
    ...from,
    users: from.users.map(each => ({
      ...each,
      agentGroups: each.agentGroups.map(group => (group % 2) + 1),
      protectedFromMonitoring: true,
    })),
  }),
  from => ({ ...from, serviceGroups: from.serviceGroups.map(each => ({ ...each, record: 'never' })) }),
  from => ({
    ...from,
    outsideUri: '',
    openingHours: [],
    users: from.users.map(each => ({ ...each, personalQueue: 0 })),
  }),
];

export function otherConfiguration(from: SiteOptions, { who, which, detail }: Act): SiteConfiguration {
  const agents = which % 2 === 0 ? 2 : 3;
  const configuration = testConfiguration({ ...from, agents, groups: (who % 2) + 1 });
  const dispatch = (['push', 'pick', 'mixed'] as const)[which % 3] ?? 'mixed';
  for (const group of configuration.serviceGroups) if (group.id === 1) group.dispatch = dispatch;
  const change = changes[(which + detail) % changes.length];
  return change === undefined ? configuration : change(configuration);
}
