import { useEffect } from 'react';
import { useDesk, useTexts } from '../workspace/context.ts';
import { paneKey } from './tab-keys.ts';
import { TabList } from './tab-list.tsx';
import { TabTools } from './tab-tools.tsx';
import { placed, useTabs } from './use-tabs.ts';

/** The tabs of the main area, once there is one beside the agent's work. Alt and a digit go to one, F6 into the page that was there last. */
export const TabStrip = () => {
  const texts = useTexts().tabs;
  const desk = useDesk();
  const state = useTabs();
  const tabs = placed(state, 'main');

  useEffect(() => {
    let last: string | null = null;
    const stop = desk.tabs.subscribe(() => {
      last = desk.tabs.get().focused ?? last;
    });
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== paneKey || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      const { selected, raised, front } = desk.tabs.get();
      for (const each of [last, selected, raised, front])
        if (each !== null && desk.tabKeys.enter(each)) return event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => {
      stop();
      document.removeEventListener('keydown', onKey);
    };
  }, [desk]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!event.altKey || event.ctrlKey || event.metaKey || !/^Digit[1-9]$/.test(event.code)) return;
      const tab = placed(desk.tabs.get(), 'main')[Number(event.code.at(-1)) - 1];
      if (!tab) return;
      event.preventDefault();
      desk.tabs.select(tab.key);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [desk]);

  if (tabs.length < 2) return null;
  return (
    <div className="tab-strip">
      <TabList tabs={tabs} shown={state.selected} label={texts.title} />
      <TabTools tab={tabs.find(each => each.key === state.selected)} />
    </div>
  );
};
