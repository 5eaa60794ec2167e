import { Button, Text } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import { duration } from '../texts/texts.ts';
import { useNow, useTexts } from './context.ts';

export interface WaitingRow {
  id: number;
  title: string;
  since: string | null;
  /** empty = nobody */
  reservedBy: string;
  /** by this agent */
  mine: boolean;
}

interface WaitingRowsProps {
  label: string;
  rows: readonly WaitingRow[];
  onReserve(id: number, reserve: boolean): void;
  onRetrieve(id: number): void;
}

const rowHeight = 44;

/** What waits, of however many rows only those that are seen are in the page. */
export const WaitingRows = ({ label, rows, onReserve, onRetrieve }: WaitingRowsProps) => {
  const texts = useTexts();
  const now = useNow();
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: index => rows[index]?.id ?? index,
    overscan: 8,
  });
  if (rows.length === 0) return <Text className="quiet">{texts.dispatch.none}</Text>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard
    <section className="waiting-rows" ref={scroller} tabIndex={0} aria-label={label} data-place="waiting">
      <div style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, key, start }) => {
          const row = rows[index];
          if (!row) return null;
          return (
            <div
              key={key}
              className="waiting-row"
              style={{ height: rowHeight, transform: `translateY(${start}px)` }}
            >
              <span className="waiting-text">
                <span className="waiting-title" title={row.title}>
                  {row.title}
                </span>
                <span className="quiet numbers">
                  {row.since && duration(now - Date.parse(row.since))}
                  {row.reservedBy !== '' && ` · ${texts.dispatch.reservedBy} ${row.reservedBy}`}
                </span>
              </span>
              {(row.reservedBy === '' || row.mine) && (
                <>
                  <Button size="compact-sm" variant="default" onClick={() => onReserve(row.id, !row.mine)}>
                    {row.mine ? texts.dispatch.free : texts.dispatch.reserve}
                  </Button>
                  <Button size="compact-sm" onClick={() => onRetrieve(row.id)}>
                    {texts.dispatch.retrieve}
                  </Button>
                </>
              )}
            </div>
          );
        })}
      </div>
    </section>
  );
};
