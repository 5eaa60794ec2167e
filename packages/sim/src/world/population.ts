import type { SiteConfiguration } from '@cordboard/core';
import type { Randomness } from '../random/randomness.ts';
import { flowsFor, waitingAt } from './flows.ts';

export interface Size {
  agents: number;
  serviceGroups: number;
  groupsPerAgent: number;
}

const picking = [
  'dispatchPersonal',
  'dispatchCommonHold',
  'dispatchVoice',
  'dispatchEmail',
  'dispatchSms',
  'dispatchCampaign',
] as const;
const answerings = ['talk', 'talk', 'autoAnswer', 'phone'] as const;

/** Agent ids begin here. */
const firstAgent = 101;
export const extensionOf = (agentId: number): string => `${900 + agentId}`;
export const serviceNumber = (group: number): string => `${8_000 + group}`;

/** A site with so many people and queues, all different from each other in what can differ. */
export const createPopulation = (random: Randomness, size: Size): SiteConfiguration => {
  const groupIds = Array.from({ length: size.serviceGroups }, (_, index) => index + 1);
  const agentIds = Array.from({ length: size.agents }, (_, index) => firstAgent + index);
  const groupsOf = (index: number) =>
    Array.from(
      { length: Math.min(size.groupsPerAgent, size.serviceGroups) },
      (_, each) => ((index + each * 7) % size.serviceGroups) + 1,
    );
  return {
    site: { id: 1, name: 'Simulated' },
    tenants: [{ id: 1, name: 'Tenant' }],
    users: agentIds.map((id, index) => ({
      id,
      logonId: `agent${id}`,
      name: `Agent ${id}`,
      tenantId: 1,
      privileges: [
        'useIntegrationInterface',
        ...(random.chance(0.9) ? (['makeCalls'] as const) : []),
        ...(random.chance(0.5) ? (['record'] as const) : []),
        ...(random.chance(0.5) ? (['intrude', 'realTimeInformation'] as const) : []),
        ...(random.chance(0.3) ? (['monitor'] as const) : []),
        ...(random.chance(0.7) ? picking : []),
      ],
      protectedFromMonitoring: random.chance(0.2),
      personalQueue: random.chance(0.5) ? (index % size.serviceGroups) + 1 : 0,
      personalWhenNotReady: random.chance(0.5),
      extension: extensionOf(id),
      agentGroups: [...new Set(groupsOf(index))],
      skills: random.chance(0.7) ? { language: random.whole(1, 3) } : {},
    })),
    extensions: agentIds.map(id => ({
      number: extensionOf(id),
      answering: random.pick(answerings),
      protectedFromIntrusion: random.chance(0.2),
    })),
    agentGroups: groupIds.map(id => ({ id, name: `Team ${id}` })),
    serviceGroups: groupIds.map(id => ({
      id,
      name: `Service ${id}`,
      tenantId: 1,
      media: 'voice',
      numbers: [serviceNumber(id)],
      priority: random.whole(1, 3),
      agentGroups: [id],
      skill: id % 3 === 0 ? 'language' : '',
      ringSeconds: random.whole(8, 20),
      clericalSeconds: id % 4 === 0 ? 0 : random.whole(5, 30),
      extendClericalSeconds: random.pick([0, 15]),
      rejectSetsNotReady: id % 5 === 0,
      cqCodes: [1, 2],
      dispatch: id % 5 === 4 ? random.pick(['pick', 'push'] as const) : 'mixed',
      personalSeconds: random.pick([10, 60]),
      record: random.pick(['never', 'onRequest', 'onRequest', 'always'] as const),
      waiting: waitingAt(random, id, size.serviceGroups),
      ...(id === 2 ? { openingHours: 'with a break', closedFlow: 'closed' } : {}),
      greeting: random.chance(0.5) ? 'greeting' : '',
      music: 'default',
    })),
    notReadyReasons: [
      { id: 1, name: 'Break' },
      { id: 2, name: 'Lunch' },
      { id: 3, name: 'Training' },
    ],
    cqCodes: [
      { id: 1, code: 'S', name: 'Sold' },
      { id: 2, code: 'N', name: 'Not sold' },
    ],
    numberTranslation: [{ pattern: '^0(\\d{3,})$', replacement: '+49$1' }],
    emergencyNumbers: ['112'],
    outsideUri: 'sip:{number}@trunk.example',
    flows: flowsFor(random, groupIds),
    openingHours: [
      {
        name: 'with a break',
        timeZone: 'UTC',
        weekly: [
          { days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], from: '00:00', to: '08:10' },
          { days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], from: '08:13', to: '24:00' },
        ],
        holidays: [],
      },
    ],
    authentication: {
      number: '8901',
      flow: 'authentication',
      timeoutSeconds: 12,
      afterwards: random.pick(['requeue', 'disconnect'] as const),
      resultField: random.pick(['', 'AuthResult']),
    },
    timers: {
      lostClientSeconds: 60,
      outgoingRingSeconds: 30,
      maximumClericalSeconds: 90,
      outsideCallMinutes: 1,
      failedCallSeconds: 6,
      outsideWarningSeconds: 20,
    },
  };
};
