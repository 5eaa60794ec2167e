import type { AgentId } from '../site.ts';
import type { Extension, ServiceGroup, SiteConfiguration, User } from './configuration.ts';

/** A configuration by its keys. Derived; never saved. */
export interface Directory {
  users: Map<AgentId, User>;
  extensions: Map<string, Extension>;
  groups: Map<number, ServiceGroup>;
  /** voice groups by the numbers that callers dial */
  serviceNumbers: Map<string, ServiceGroup>;
  /** voice groups by the agent groups that serve them */
  servedBy: Map<number, ServiceGroup[]>;
  cqCodes: Map<number, SiteConfiguration['cqCodes'][number]>;
  emergencyNumbers: Set<string>;
  translations: { pattern: RegExp; replacement: string }[];
}

export const emptyConfiguration = (): SiteConfiguration => ({
  site: { id: 0, name: '' },
  tenants: [],
  users: [],
  extensions: [],
  agentGroups: [],
  serviceGroups: [],
  notReadyReasons: [],
  cqCodes: [],
  numberTranslation: [],
  emergencyNumbers: [],
  outsideUri: '',
  timers: { lostClientSeconds: 60, outgoingRingSeconds: 60, maximumClericalSeconds: 900 },
});

export function createDirectory(configuration: SiteConfiguration): Directory {
  const serviceNumbers = new Map<string, ServiceGroup>();
  const servedBy = new Map<number, ServiceGroup[]>();
  for (const group of configuration.serviceGroups) {
    if (group.media !== 'voice') continue;
    for (const number of group.numbers) serviceNumbers.set(number, group);
    for (const agentGroup of new Set(group.agentGroups)) {
      const served = servedBy.get(agentGroup);
      if (served === undefined) servedBy.set(agentGroup, [group]);
      else served.push(group);
    }
  }
  return {
    users: new Map(configuration.users.map(each => [each.id, each])),
    extensions: new Map(configuration.extensions.map(each => [each.number, each])),
    groups: new Map(configuration.serviceGroups.map(each => [each.id, each])),
    serviceNumbers,
    servedBy,
    cqCodes: new Map(configuration.cqCodes.map(each => [each.id, each])),
    emergencyNumbers: new Set(configuration.emergencyNumbers),
    translations: configuration.numberTranslation.map(each => ({
      pattern: new RegExp(each.pattern),
      replacement: each.replacement,
    })),
  };
}

/** The level of agents who lack the skill: after all who have it. */
const withoutSkill = 11;

/** The voice groups that a user serves, and his level in each (smaller is better). */
export function groupsServed(directory: Directory, user: User): { groupId: number; level: number }[] {
  const served = new Map<number, number>();
  for (const agentGroup of user.agentGroups) {
    for (const group of directory.servedBy.get(agentGroup) ?? []) {
      served.set(group.id, group.skill === '' ? 0 : (user.skills[group.skill] ?? withoutSkill));
    }
  }
  return [...served].map(([groupId, level]) => ({ groupId, level }));
}
