import type { ReactNode } from 'react';
import { TabPanel } from './tab-panel.tsx';
import { placed, useTabs } from './use-tabs.ts';

/** The agent's work and the web tabs of the main area: all are there, one is shown. */
export const TabContents = ({ work }: { work: ReactNode }) => {
  const state = useTabs();
  const tabs = placed(state, 'main');
  const web = tabs.filter(each => each.url !== null);
  if (web.length === 0) return work;
  const isWork = state.selected === 'work';
  return (
    <>
      <div role="tabpanel" id="panel-work" aria-labelledby="tab-work" hidden={!isWork}>
        {work}
      </div>
      <div className="tab-panels" data-behind={isWork}>
        {web.map(tab => (
          <TabPanel key={tab.key} tab={tab} shown={tab.key === state.selected} />
        ))}
      </div>
    </>
  );
};
