import type { ServiceGroup, SiteConfiguration, User } from '../configuration/configuration.ts';
import { emptyConfiguration } from '../configuration/directory.ts';

/** Groups and agents to test with; what is not named gets something plain. */
export interface SiteOptions {
  /** agents 1 to n, extension 1000 + id, in agent group 1 unless `agent` says otherwise */
  agents?: number;
  /** service groups 1 to n, number 500 + id, served by agent group 1 unless `group` says otherwise */
  groups?: number;
  agent?: (id: number) => Partial<User>;
  group?: (id: number) => Partial<ServiceGroup>;
  /** how all phones are answered */
  answering?: 'phone' | 'talk' | 'autoAnswer';
  change?: Partial<SiteConfiguration>;
}

export const testExtension = (agentId: number): string => `${1000 + agentId}`;
export const testNumber = (groupId: number): string => `${500 + groupId}`;

const count = (length: number): number[] => Array.from({ length }, (_, index) => index + 1);

export function testConfiguration(options: SiteOptions = {}): SiteConfiguration {
  const agents = count(options.agents ?? 2);
  const groups = count(options.groups ?? 1);
  return {
    ...emptyConfiguration(),
    site: { id: 1, name: 'Test' },
    tenants: [{ id: 1, name: 'Tenant' }],
    agentGroups: [{ id: 1, name: 'Everybody' }],
    users: agents.map(id => ({
      id,
      logonId: `agent${id}`,
      name: `Agent ${id}`,
      tenantId: 1,
      privileges: ['useIntegrationInterface', 'makeCalls'],
      extension: testExtension(id),
      agentGroups: [1],
      skills: {},
      ...options.agent?.(id),
    })),
    extensions: agents.map(id => ({
      number: testExtension(id),
      answering: options.answering ?? 'talk',
      protectedFromIntrusion: false,
    })),
    serviceGroups: groups.map(id => ({
      id,
      name: `Group ${id}`,
      tenantId: 1,
      media: 'voice',
      numbers: [testNumber(id)],
      priority: 5,
      agentGroups: [1],
      skill: '',
      ringSeconds: 20,
      clericalSeconds: 30,
      extendClericalSeconds: 0,
      rejectSetsNotReady: false,
      cqCodes: [],
      greeting: 'greeting',
      music: 'default',
      ...options.group?.(id),
    })),
    notReadyReasons: [
      { id: 4, name: 'Lunch' },
      { id: 5, name: 'Break' },
    ],
    outsideUri: 'sip:{number}@trunk',
    ...options.change,
  };
}
