import type { ServiceGroup, SiteConfiguration, User } from '@cordboard/core';
import type { Randomness } from '../random/randomness.ts';
import { waitingAt } from './flows.ts';

const changedUser = (random: Randomness, user: User, groups: readonly number[]): User => ({
  ...user,
  ...(random.chance(0.1) && { name: `${user.name} anew` }),
  ...(random.chance(0.2) && { agentGroups: groups.filter(() => random.chance(0.5)) }),
  ...(random.chance(0.2) && { skills: random.chance(0.5) ? { language: random.whole(1, 3) } : {} }),
  ...(random.chance(0.1) && { personalQueue: random.pick([0, ...groups]) }),
  ...(random.chance(0.1) && { personalWhenNotReady: random.chance(0.5) }),
  ...(random.chance(0.3) && { protectedFromMonitoring: random.chance(0.5) }),
  ...(random.chance(0.15) && { privileges: user.privileges.filter(() => random.chance(0.8)) }),
});

/** Its priority stays: who waits keeps the one that he came with. */
const changedGroup = (random: Randomness, group: ServiceGroup, groups: readonly number[]): ServiceGroup => ({
  ...group,
  ...(random.chance(0.1) && { name: `${group.name} anew` }),
  ...(random.chance(0.2) && { dispatch: random.pick(['push', 'pick', 'mixed'] as const) }),
  ...(random.chance(0.2) && { agentGroups: groups.filter(() => random.chance(0.5)) }),
  ...(random.chance(0.2) && { skill: random.pick(['', 'language']) }),
  ...(random.chance(0.2) && { clericalSeconds: random.pick([0, 5, 20]), ringSeconds: random.whole(3, 20) }),
  ...(random.chance(0.2) && { record: random.pick(['never', 'onRequest', 'always'] as const) }),
  ...(random.chance(0.2) && { waiting: waitingAt(random, group.id, groups.length) }),
  ...(random.chance(0.1) && { openingHours: random.pick(['with a break', 'gone']), closedFlow: 'closed' }),
});

/** What an administrator might make of a site's configuration: people and groups go and come back, and change. */
export const changedConfiguration = (random: Randomness, from: SiteConfiguration): SiteConfiguration => {
  const groups = from.serviceGroups.map(each => each.id);
  const { authentication, ...rest } = from;
  return {
    ...rest,
    users: from.users.filter(() => !random.chance(0.08)).map(each => changedUser(random, each, groups)),
    serviceGroups: from.serviceGroups
      .filter(() => !random.chance(0.08))
      .map(each => changedGroup(random, each, groups)),
    extensions: from.extensions
      .filter(() => !random.chance(0.03))
      .map(each => ({
        ...each,
        ...(random.chance(0.1) && { answering: random.pick(['talk', 'phone', 'autoAnswer'] as const) }),
      })),
    flows: (from.flows ?? []).filter(() => !random.chance(0.1)),
    ...(authentication && !random.chance(0.1) && { authentication }),
    ...(random.chance(0.2) && { outsideUri: '' }),
    ...(random.chance(0.5) && { monitorNotice: random.chance(0.5) }),
    timers: {
      ...from.timers,
      ...(random.chance(0.3) && {
        reservationSeconds: random.pick([2, 15]),
        commonHoldSeconds: random.pick([3, 20]),
      }),
      ...(random.chance(0.2) && {
        recallSeconds: random.pick([2, 10]),
        lostClientSeconds: random.pick([5, 60]),
      }),
    },
  };
};
