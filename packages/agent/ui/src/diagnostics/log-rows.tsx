import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useId, useRef } from 'react';
import { useTexts } from '../workspace/context.ts';
import type { LogLine } from './log-line.ts';

const rowHeight = 26;

export interface LogRowsProps {
  lines: readonly LogLine[];
  /** where the chosen line begins */
  chosen: number | null;
  onChoose(at: number | null): void;
  /** stays at the end, where new lines come */
  following: boolean;
}

const steps: Readonly<Record<string, number>> = { ArrowUp: -1, ArrowDown: 1, PageUp: -15, PageDown: 15 };

/** Lines of the log; of however many only those that are seen are in the page. Chosen by arrow keys or a click. */
export const LogRows = ({ lines, chosen, onChoose, following }: LogRowsProps) => {
  const { diagnostics } = useTexts();
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: index => lines[index]?.at ?? index,
    overscan: 10,
  });
  const last = lines.length - 1;
  useEffect(() => {
    if (following && last >= 0) virtual.scrollToIndex(last, { align: 'end' });
  }, [following, last, virtual]);

  const choose = (index: number) => {
    const bounded = Math.max(0, Math.min(index, last));
    onChoose(lines[bounded]?.at ?? null);
    virtual.scrollToIndex(bounded);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const now = lines.findIndex(each => each.at === chosen);
    const step = steps[event.key];
    if (step !== undefined) choose(now < 0 ? last : now + step);
    else if (event.key === 'Home') choose(0);
    else if (event.key === 'End') choose(last);
    else if (event.key === 'Escape' && chosen !== null) onChoose(null);
    else return;
    event.preventDefault();
  };
  const rowId = (at: number) => `${id}${at}`;
  const inPage = virtual.getVirtualItems().some(({ index }) => lines[index]?.at === chosen);
  return (
    <div
      className="log-rows"
      ref={scroller}
      role="listbox"
      tabIndex={0}
      aria-label={diagnostics.log}
      aria-activedescendant={inPage && chosen !== null ? rowId(chosen) : undefined}
      onKeyDown={onKeyDown}
    >
      <div role="presentation" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, key, start }) => {
          const line = lines[index];
          return (
            line && (
              // biome-ignore lint/a11y/useFocusableInteractive lint/a11y/useKeyWithClickEvents: the list has the focus and the keys (aria-activedescendant)
              <div
                key={key}
                id={rowId(line.at)}
                role="option"
                aria-selected={line.at === chosen}
                aria-setsize={lines.length}
                aria-posinset={index + 1}
                className="log-row"
                data-level={line.level}
                style={{ height: rowHeight, transform: `translateY(${start}px)` }}
                onClick={() => onChoose(line.at === chosen ? null : line.at)}
              >
                <LogCells line={line} />
              </div>
            )
          );
        })}
      </div>
    </div>
  );
};

/** The time of day as the file has it, in UTC. */
const LogCells = ({ line }: { line: LogLine }) => (
  <>
    <span className="log-time numbers">{line.time.slice(11, 23)}</span>
    <span className="log-direction">{line.direction || line.level || ''}</span>
    <span className="log-client">{line.client}</span>
    <span className="log-name">{line.name}</span>
    <span className="log-content">{line.content}</span>
    <span className="log-took numbers">
      {line.milliseconds === null ? '' : `${line.milliseconds.toFixed(1)} ms`}
    </span>
  </>
);
