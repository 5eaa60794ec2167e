import type { DeskTab } from '@cordboard/contract';
import { type KeyboardEvent, type PointerEvent as Pressed, useState } from 'react';
import { useDesk, useTexts } from '../workspace/context.ts';
import { TabPanel } from './tab-panel.tsx';
import { TabTools } from './tab-tools.tsx';
import { useFocusReport } from './use-focus-report.ts';
import { placed, useTabs } from './use-tabs.ts';

/** Tabs that float over the page, each with its own place. It is always there, so it also reports the focus. */
export const FloatingTabs = () => {
  const state = useTabs();
  useFocusReport();
  return placed(state, 'floating').map((tab, index) => (
    <FloatingTab key={tab.key} tab={tab} index={index} raised={tab.key === state.raised} />
  ));
};

/** Pixels. A tab comes at the lower right, where it hides no button of a call. */
const step = 24;
const edge = 48;

const FloatingTab = ({ tab, index, raised }: { tab: DeskTab; index: number; raised: boolean }) => {
  const texts = useTexts().tabs;
  const desk = useDesk();
  const [place, setPlace] = useState(() => ({
    left: Math.max(0, window.innerWidth - 520 - index * step),
    top: Math.max(edge, window.innerHeight - 440 - index * step),
  }));
  const move = (right: number, down: number) =>
    setPlace(({ left, top }) => ({
      left: Math.min(window.innerWidth - edge, Math.max(0, left + right)),
      top: Math.min(window.innerHeight - edge, Math.max(0, top + down)),
    }));
  const onKey = (event: KeyboardEvent) => {
    const by = {
      ArrowLeft: [-step, 0],
      ArrowRight: [step, 0],
      ArrowUp: [0, -step],
      ArrowDown: [0, step],
    }[event.key];
    if (!by) return;
    event.preventDefault();
    move(by[0] ?? 0, by[1] ?? 0);
  };
  const drag = ({ clientX, clientY }: Pressed) => {
    let last = { clientX, clientY };
    const follow = (event: PointerEvent) => {
      move(event.clientX - last.clientX, event.clientY - last.clientY);
      last = event;
    };
    const end = () => {
      document.removeEventListener('pointermove', follow);
      document.body.classList.remove('dragging');
    };
    desk.tabs.select(tab.key);
    // a frame under the pointer would swallow its moves
    document.body.classList.add('dragging');
    document.addEventListener('pointermove', follow);
    document.addEventListener('pointerup', end, { once: true });
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
          onPointerDown={drag}
        >
          <span className="tab-title">{tab.name}</span>
          {tab.symbol !== '' && (
            <span className="tab-symbol" style={{ '--symbol': tab.color } as React.CSSProperties}>
              {tab.symbol}
            </span>
          )}
        </button>
        <TabTools tab={tab} />
      </div>
      <div className="tab-panels">
        <TabPanel tab={tab} shown />
      </div>
    </section>
  );
};
