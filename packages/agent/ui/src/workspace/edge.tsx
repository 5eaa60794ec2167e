import type { KeyboardEvent, PointerEvent } from 'react';
import { followPointer } from './follow-pointer.ts';

export interface EdgeRange {
  least: number;
  most: number;
  step: number;
}

export const within = ({ least, most }: EdgeRange, size: number): number =>
  Math.min(most, Math.max(least, size));

interface EdgeProps {
  label: string;
  className: string;
  /** of what it is the edge of, in rem */
  size: number;
  /** as it is seen now, where that may be another */
  seen?(): number;
  range: EdgeRange;
  /** the arrow key towards which it becomes larger; the other one makes it smaller */
  grows: 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown';
  onMoved(size: number): void;
  onDone(size: number): void;
}

const opposite = {
  ArrowLeft: 'ArrowRight',
  ArrowRight: 'ArrowLeft',
  ArrowUp: 'ArrowDown',
  ArrowDown: 'ArrowUp',
} as const;

/** The edge of a part of the page, moved with the arrow keys or the mouse. Who can do neither finds the same in a menu or in the settings. */
export const Edge = ({
  label,
  className,
  size,
  seen = () => size,
  range,
  grows,
  onMoved,
  onDone,
}: EdgeProps) => {
  const isVertical = grows === 'ArrowLeft' || grows === 'ArrowRight';
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== grows && event.key !== opposite[grows]) return;
    event.preventDefault();
    onDone(within(range, seen() + (event.key === grows ? range.step : -range.step)));
  };
  const onPressed = (event: PointerEvent) => {
    const pixels = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
    const sign = grows === 'ArrowRight' || grows === 'ArrowDown' ? 1 : -1;
    const before = seen();
    const sized = (right: number, down: number) =>
      within(range, before + (sign * (isVertical ? right : down)) / pixels);
    followPointer(
      event,
      (right, down) => onMoved(sized(right, down)),
      (right, down) => {
        if (right !== 0 || down !== 0) onDone(sized(right, down));
      },
    );
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that is moved is no <hr>
    <div
      role="separator"
      className={className}
      aria-label={label}
      aria-orientation={isVertical ? 'vertical' : 'horizontal'}
      aria-valuemin={range.least}
      aria-valuemax={range.most}
      aria-valuenow={Math.round(size)}
      tabIndex={0}
      onKeyDown={onKey}
      onPointerDown={onPressed}
    />
  );
};
