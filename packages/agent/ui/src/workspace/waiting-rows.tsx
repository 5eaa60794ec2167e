import { Button, Text } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, memo, useEffect, useRef } from 'react';
import type { WaitingList, WaitingRow } from '../state/waiting-lists.ts';
import { duration } from '../texts/texts.ts';
import { useDesk, useServerNow, useTexts } from './context.ts';

interface WaitingRowsProps extends RowActions {
  label: string;
  rows: readonly WaitingRow[];
}

type RowActions = Pick<WaitingList, 'reserve' | 'retrieve'>;

const rowHeight = 44;

/** What waits, of however many rows only those that are seen are in the page. */
export const WaitingRows = ({ label, rows, reserve, retrieve }: WaitingRowsProps) => {
  const texts = useTexts();
  const now = useServerNow();
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: index => rows[index]?.id ?? index,
    overscan: 8,
  });
  /** the row that the keyboard goes to; it may not be in the page yet */
  const wanted = useRef<number | null>(null);
  const goToWanted = () => {
    const found = scroller.current?.querySelector<HTMLElement>(
      `[data-index="${wanted.current}"] button:last-of-type`,
    );
    if (!found) return;
    wanted.current = null;
    found.focus({ preventScroll: true });
  };
  useEffect(goToWanted);
  /** Arrow keys go from row to row, to what takes it. */
  const onArrow = (event: KeyboardEvent<HTMLElement>) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const row = event.target instanceof HTMLElement ? event.target.closest('[data-index]') : null;
    const at = wanted.current ?? Number(row?.getAttribute('data-index') ?? -1);
    wanted.current = Math.max(0, Math.min(rows.length - 1, at + by));
    virtual.scrollToIndex(wanted.current);
    goToWanted();
  };
  if (rows.length === 0) return <Text className="quiet">{texts.dispatch.none}</Text>;
  return (
    <section
      className="waiting-rows"
      ref={scroller}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard
      tabIndex={0}
      aria-label={label}
      data-place="waiting"
      onKeyDown={onArrow}
    >
      <div style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, key, start }) => {
          const row = rows[index];
          if (!row) return null;
          return (
            <div
              key={key}
              className="waiting-row"
              data-index={index}
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
                <RowButtons id={row.id} mine={row.mine} reserve={reserve} retrieve={retrieve} />
              )}
            </div>
          );
        })}
      </div>
    </section>
  );
};

/** Made anew only when they are others: what is beside them changes often. */
const RowButtons = memo(({ id, mine, reserve, retrieve }: RowActions & Pick<WaitingRow, 'id' | 'mine'>) => {
  const { dispatch } = useTexts();
  const desk = useDesk();
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        onClick={() => desk.ask(client => reserve(client, id, !mine))}
      >
        {mine ? dispatch.free : dispatch.reserve}
      </Button>
      <Button size="compact-sm" onClick={() => desk.ask(client => retrieve(client, id))}>
        {dispatch.retrieve}
      </Button>
    </>
  );
});
