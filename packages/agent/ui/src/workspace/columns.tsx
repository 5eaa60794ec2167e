import type { CSSProperties, ReactNode } from 'react';
import { usePlace } from '../settings/use-place.ts';
import { useTexts } from './context.ts';
import { Edge, type EdgeRange } from './edge.tsx';

/** In rem. */
export const columnRanges = {
  sessions: { least: 12, most: 28, step: 1 },
  waiting: { least: 14, most: 40, step: 1 },
} as const satisfies Record<string, EdgeRange>;
export type ColumnName = keyof typeof columnRanges;

/** Where nobody has put it, as wide as the page has room for: what is said of it then is what is usual. */
const usualWidths: Record<ColumnName, number> = { sessions: 17, waiting: 22 };

const remOf = (pixels: number): number =>
  pixels / Number.parseFloat(getComputedStyle(document.documentElement).fontSize);

export const useColumn = (name: ColumnName) => {
  const { place, show, put } = usePlace(`column ${name}`);
  const [width = null] = place ?? [];
  return {
    width,
    size: width ?? usualWidths[name],
    seen: () => remOf(document.querySelector(`.${name}-column`)?.getBoundingClientRect().width ?? 0),
    show: (size: number) => show([size]),
    put: (size: number | null) => put(size === null ? null : [size]),
  };
};

/** The columns of the work, as wide as this person wants them. */
export const Columns = ({ children }: { children: ReactNode }) => {
  const { layout } = useTexts().workspace;
  const sessions = useColumn('sessions');
  const waiting = useColumn('waiting');
  const style = {
    ...(sessions.width !== null && { '--sessions-width': `${sessions.width}rem` }),
    ...(waiting.width !== null && { '--waiting-width': `${waiting.width}rem` }),
  } as CSSProperties;
  return (
    <div className="columns" style={style}>
      {children}
      <Edge
        label={layout.sessionsWidth}
        className="column-edge sessions-edge"
        size={sessions.size}
        seen={sessions.seen}
        range={columnRanges.sessions}
        grows="ArrowRight"
        onMoved={sessions.show}
        onDone={sessions.put}
      />
      <Edge
        label={layout.waitingWidth}
        className="column-edge waiting-edge"
        size={waiting.size}
        seen={waiting.seen}
        range={columnRanges.waiting}
        grows="ArrowLeft"
        onMoved={waiting.show}
        onDone={waiting.put}
      />
    </div>
  );
};
