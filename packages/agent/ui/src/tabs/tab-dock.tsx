import { type KeyboardEvent, useState } from 'react';
import { useTexts } from '../workspace/context.ts';
import { TabList } from './tab-list.tsx';
import { TabPanel } from './tab-panel.tsx';
import { TabTools } from './tab-tools.tsx';
import { placed, useTabs } from './use-tabs.ts';

/** In rem; the pages in the dock are this high. */
const heights = { least: 8, most: 48, first: 20, step: 2 } as const;

/** The tabs beside the work, of which one is in front. */
export const TabDock = () => {
  const texts = useTexts().tabs;
  const state = useTabs();
  const [height, setHeight] = useState<number>(heights.first);
  const tabs = placed(state, 'docked');
  if (tabs.length === 0) return null;
  const resize = (by: number) =>
    setHeight(before => Math.min(heights.most, Math.max(heights.least, before + by)));
  const onKey = (event: KeyboardEvent) => {
    const by = { ArrowUp: -heights.step, ArrowDown: heights.step }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    resize(by);
  };
  const drag = (from: number) => {
    const pixels = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
    let last = from;
    const move = ({ clientY }: PointerEvent) => {
      resize((clientY - last) / pixels);
      last = clientY;
    };
    const end = () => {
      document.removeEventListener('pointermove', move);
      document.body.classList.remove('dragging');
    };
    // a frame under the pointer would swallow its moves
    document.body.classList.add('dragging');
    document.addEventListener('pointermove', move);
    document.addEventListener('pointerup', end, { once: true });
  };
  return (
    <section aria-label={texts.docked} className="tab-dock">
      <div className="tab-strip">
        <TabList tabs={tabs} shown={state.front ?? ''} label={texts.docked} />
        <TabTools tab={tabs.find(each => each.key === state.front)} />
      </div>
      <div className="tab-panels" style={{ height: `${height}rem` }}>
        {tabs.map(tab => (
          <TabPanel key={tab.key} tab={tab} shown={tab.key === state.front} />
        ))}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a separator that is moved is no <hr> */}
      <div
        role="separator"
        className="tab-dock-edge"
        aria-label={texts.height}
        aria-orientation="horizontal"
        aria-valuemin={heights.least}
        aria-valuemax={heights.most}
        aria-valuenow={Math.round(height)}
        tabIndex={0}
        onKeyDown={onKey}
        onPointerDown={event => drag(event.clientY)}
      />
    </section>
  );
};
