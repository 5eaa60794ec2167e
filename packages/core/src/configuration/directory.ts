import type { Flow } from '../flow/flow.ts';
import type { OpeningHours } from '../flow/opening-hours.ts';
import { widenedQueue } from '../routing/queues.ts';
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
  /** those that serve only calls that were widened to them */
  servedWidened: Map<number, ServiceGroup[]>;
  cqCodes: Map<number, SiteConfiguration['cqCodes'][number]>;
  flows: Map<string, Flow>;
  /** by the numbers that callers dial */
  flowNumbers: Map<string, Flow>;
  openingHours: Map<string, OpeningHours>;
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
  const servedWidened = new Map<number, ServiceGroup[]>();
  for (const group of configuration.serviceGroups) {
    if (group.media !== 'voice') continue;
    for (const number of group.numbers) serviceNumbers.set(number, group);
    for (const agentGroup of new Set(group.agentGroups)) add(servedBy, agentGroup, group);
    for (const agentGroup of new Set(group.waiting?.overflow?.agentGroups)) {
      add(servedWidened, agentGroup, group);
    }
  }
  const flows = configuration.flows ?? [];
  return {
    users: new Map(configuration.users.map(each => [each.id, each])),
    extensions: new Map(configuration.extensions.map(each => [each.number, each])),
    groups: new Map(configuration.serviceGroups.map(each => [each.id, each])),
    serviceNumbers,
    servedBy,
    servedWidened,
    cqCodes: new Map(configuration.cqCodes.map(each => [each.id, each])),
    flows: new Map(flows.map(each => [each.name, each])),
    flowNumbers: new Map(flows.flatMap(each => each.numbers.map(number => [number, each] as const))),
    openingHours: new Map((configuration.openingHours ?? []).map(each => [each.name, each])),
    emergencyNumbers: new Set(configuration.emergencyNumbers),
    translations: configuration.numberTranslation.map(each => ({
      pattern: new RegExp(each.pattern),
      replacement: each.replacement,
    })),
  };
}

function add(lists: Map<number, ServiceGroup[]>, key: number, group: ServiceGroup): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [group]);
  else list.push(group);
}

/** The level of agents who lack the skill: after all who have it. */
const withoutSkill = 11;

/** After all of the group's own agents. */
const asOverflow = 100;

/**
 * The queues that a user serves, and his level in each (smaller is better): by service group, and by `widenedQueue` for the
 * calls that more agents serve.
 */
export function groupsServed(directory: Directory, user: User): { groupId: number; level: number }[] {
  const served = new Map<number, number>();
  for (const agentGroup of user.agentGroups) {
    for (const group of directory.servedWidened.get(agentGroup) ?? []) {
      served.set(widenedQueue(group.id), levelIn(group, user) + asOverflow);
    }
  }
  for (const agentGroup of user.agentGroups) {
    for (const group of directory.servedBy.get(agentGroup) ?? []) {
      served.set(group.id, levelIn(group, user));
      if (group.waiting?.overflow?.agentGroups.length)
        served.set(widenedQueue(group.id), levelIn(group, user));
    }
  }
  return [...served].map(([groupId, level]) => ({ groupId, level }));
}

const levelIn = (group: ServiceGroup, user: User): number =>
  group.skill === '' ? 0 : (user.skills[group.skill] ?? withoutSkill);
