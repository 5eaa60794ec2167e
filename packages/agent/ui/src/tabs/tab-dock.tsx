import { usePreferences } from '../settings/preference-context.tsx';
import { usePlace } from '../settings/use-place.ts';
import { useTexts } from '../workspace/context.ts';
import { Edge, type EdgeRange, within } from '../workspace/edge.tsx';
import { DockMenu } from './dock-menu.tsx';
import { TabList } from './tab-list.tsx';
import { TabPanel } from './tab-panel.tsx';
import { TabTools } from './tab-tools.tsx';
import { placed, useTabs } from './use-tabs.ts';

/** In rem; the pages in the dock are this high. */
const heights: EdgeRange = { least: 8, most: 48, step: 2 };
const usualHeight = 20;

/** The tabs beside or below the work, of which one is in front. */
export const TabDock = () => {
  const texts = useTexts().tabs;
  const state = useTabs();
  const { dock } = usePreferences();
  const { place, show, put } = usePlace(`dock ${dock}`);
  const [kept = usualHeight] = place ?? [];
  const height = within(heights, kept);
  const tabs = placed(state, 'docked');
  if (tabs.length === 0) return null;
  return (
    <section aria-label={texts.docked} className="tab-dock" data-side={dock}>
      <div className="tab-strip">
        <TabList tabs={tabs} shown={state.front ?? ''} label={texts.docked} />
        <DockMenu onResize={by => put([within(heights, height + 2 * by * heights.step)])} />
        <TabTools tab={tabs.find(each => each.key === state.front)} />
      </div>
      <div className="tab-panels" style={{ flexBasis: `${height}rem` }}>
        {tabs.map(tab => (
          <TabPanel key={tab.key} tab={tab} shown={tab.key === state.front} />
        ))}
      </div>
      <Edge
        label={texts.height}
        className="tab-dock-edge"
        size={height}
        range={heights}
        grows={dock === 'bottom' ? 'ArrowUp' : 'ArrowDown'}
        onMoved={size => show([size])}
        onDone={size => put([size])}
      />
    </section>
  );
};
