import type { DeskTab, DeskTabs, TabPlacement } from '@cordboard/contract';
import { useSyncExternalStore } from 'react';
import { useDesk } from '../workspace/context.ts';

export const useTabs = (): DeskTabs => {
  const { tabs } = useDesk();
  return useSyncExternalStore(tabs.subscribe, tabs.get);
};

export const placed = ({ tabs }: DeskTabs, placement: TabPlacement): DeskTab[] =>
  tabs.filter(each => each.placement === placement);
