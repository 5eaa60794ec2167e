import type { DeskTab } from '@cordboard/contract';
import { type KeyboardEvent, useRef } from 'react';
import { useDesk, useTexts } from '../workspace/context.ts';

/** The names of tabs that share a place, of which one is shown. Arrows go through them, Delete closes one. */
export const TabList = ({
  tabs,
  shown,
  label,
}: {
  tabs: readonly DeskTab[];
  shown: string;
  label: string;
}) => {
  const texts = useTexts().tabs;
  const desk = useDesk();
  const list = useRef<HTMLDivElement>(null);

  const go = (index: number) => {
    const tab = tabs[(index + tabs.length) % tabs.length];
    if (!tab) return;
    desk.tabs.select(tab.key);
    list.current?.querySelector<HTMLElement>(`#tab-${tab.key}`)?.focus();
  };
  const act = (key: string, index: number): boolean => {
    const tab = tabs[index];
    if (key === 'ArrowRight') go(index + 1);
    else if (key === 'ArrowLeft') go(index - 1);
    else if (key === 'Home') go(0);
    else if (key === 'End') go(-1);
    else if (key === 'Delete' && tab?.closable) desk.tabs.close(tab.key);
    else return false;
    return true;
  };
  const onKey = (event: KeyboardEvent, index: number) => {
    if (act(event.key, index)) event.preventDefault();
  };

  return (
    <div role="tablist" aria-label={label} className="tab-list" ref={list}>
      {tabs.map((tab, index) => (
        <button
          key={tab.key}
          type="button"
          role="tab"
          id={`tab-${tab.key}`}
          className="tab-name"
          aria-selected={tab.key === shown}
          aria-controls={`panel-${tab.key}`}
          tabIndex={tab.key === shown ? 0 : -1}
          title={tab.name}
          onClick={() => desk.tabs.select(tab.key)}
          onKeyDown={event => onKey(event, index)}
        >
          <span className="tab-title">{tab.url === null ? texts.work : tab.name}</span>
          {tab.symbol !== '' && <TabSymbol {...tab} />}
        </button>
      ))}
    </div>
  );
};

/** In the colour that the program chose, on a ground on which every colour is seen. */
const TabSymbol = ({ symbol, color }: DeskTab) => (
  <span className="tab-symbol" style={{ '--symbol': color } as React.CSSProperties}>
    {symbol}
  </span>
);
