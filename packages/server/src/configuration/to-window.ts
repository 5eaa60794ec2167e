import type { SiteConfiguration } from '@cordboard/core';
import type { SiteSection } from './schema.ts';

/** What the agents' windows show; nothing where nothing is configured. */
export const toWindow = ({ tabs, pages }: SiteSection): Pick<SiteConfiguration, 'window'> => {
  const lists = [tabs.personal, tabs.groups, tabs.actions, pages];
  if (tabs.default === undefined && lists.every(each => each.length === 0)) return {};
  return {
    window: {
      ...(tabs.default && { defaultTab: tabs.default }),
      personal: tabs.personal.map(({ user, ...tab }) => ({ ...tab, userId: user })),
      groups: tabs.groups,
      actions: tabs.actions,
      pages,
    },
  };
};
