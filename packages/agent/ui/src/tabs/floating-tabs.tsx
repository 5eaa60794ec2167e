import type { DeskTab } from '@cordboard/contract';
import { type KeyboardEvent, type PointerEvent, useSyncExternalStore } from 'react';
import { usePlace } from '../settings/use-place.ts';
import { useDesk, useTexts } from '../workspace/context.ts';
import { followPointer } from '../workspace/follow-pointer.ts';
import { FloatingMenu } from './floating-menu.tsx';
import {
  afterKey,
  type FloatingPlace,
  floatingName,
  floatingStep,
  grownBy,
  movedBy,
  numbersOf,
  onScreen,
  placeOf,
  usualPlace,
} from './floating-place.ts';
import { TabPanel } from './tab-panel.tsx';
import { TabTools } from './tab-tools.tsx';
import { useFocusReport } from './use-focus-report.ts';
import { placed, useTabs } from './use-tabs.ts';

/** Tabs that float over the page, each with its own place. It is always there, so it also reports the focus. */
export const FloatingTabs = () => {
  const state = useTabs();
  useFocusReport();
  const tabs = placed(state, 'floating');
  return tabs.map((tab, index) => (
    <FloatingTab
      key={tab.key}
      tab={tab}
      before={tabs.slice(0, index).filter(each => floatingName(each) === floatingName(tab)).length}
      raised={tab.key === state.raised}
    />
  ));
};

const subscribe = (changed: () => void) => {
  addEventListener('resize', changed);
  return () => removeEventListener('resize', changed);
};
const useScreen = () => {
  const [width = 0, height = 0] = useSyncExternalStore(subscribe, () => `${innerWidth} ${innerHeight}`)
    .split(' ')
    .map(Number);
  return { width, height };
};

/** `before`: so many stand at the same place. */
const FloatingTab = ({ tab, before, raised }: { tab: DeskTab; before: number; raised: boolean }) => {
  const texts = useTexts().tabs;
  const desk = useDesk();
  const screen = useScreen();
  const kept = usePlace(floatingName(tab));
  const aside = before * floatingStep;
  const place = onScreen(movedBy(placeOf(kept.place) ?? usualPlace(screen), -aside, -aside), screen);
  const ground = (shown: FloatingPlace) => numbersOf(movedBy(onScreen(shown, screen), aside, aside));
  const put = (next: FloatingPlace | null) => kept.put(next && ground(next));

  const onKey = (event: KeyboardEvent) => {
    const next = afterKey(place, event.key, event.shiftKey);
    if (!next) return;
    event.preventDefault();
    put(next);
  };
  const drag = (change: typeof movedBy) => (event: PointerEvent) => {
    desk.tabs.select(tab.key);
    followPointer(
      event,
      (right, down) => kept.show(ground(change(place, right, down))),
      (right, down) => {
        if (right !== 0 || down !== 0) put(change(place, right, down));
      },
    );
  };
  return (
    <section aria-label={tab.name} className="tab-floating" data-raised={raised} style={place}>
      <div className="tab-strip">
        <button
          type="button"
          className="tab-name tab-handle"
          id={`tab-${tab.key}`}
          title={texts.move}
          onKeyDown={onKey}
          onPointerDown={drag(movedBy)}
        >
          <span className="tab-title">{tab.name}</span>
          {tab.symbol !== '' && (
            <span className="tab-symbol" style={{ '--symbol': tab.color } as React.CSSProperties}>
              {tab.symbol}
            </span>
          )}
        </button>
        <FloatingMenu place={place} screen={screen} onPut={put} />
        <TabTools tab={tab} />
      </div>
      <div className="tab-panels">
        <TabPanel tab={tab} shown />
      </div>
      {/* for the mouse: the keys and the menu do the same */}
      <div className="tab-corner" onPointerDown={drag(grownBy)} />
    </section>
  );
};
