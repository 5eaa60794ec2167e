import type { DeskTab } from '@cordboard/contract';

/** Where a tab floats over the page, in pixels. */
export interface FloatingPlace {
  left: number;
  top: number;
  width: number;
  height: number;
}

export interface Screen {
  width: number;
  height: number;
}

/** By this much the arrow keys move it, and more tabs at one place are set off against each other. */
export const floatingStep = 24;
/** So much of it stays on the screen, to be taken hold of. */
const edge = 48;
const least = { width: 224, height: 128 } as const;
const usual = { width: 480, height: 384 } as const;

const between = (low: number, value: number, high: number): number => Math.max(low, Math.min(value, high));

/** On this screen, which may be smaller than the one on which it was put there. */
export const onScreen = (place: FloatingPlace, screen: Screen): FloatingPlace => ({
  left: between(0, place.left, Math.max(0, screen.width - edge)),
  top: between(0, place.top, Math.max(0, screen.height - edge)),
  width: between(Math.min(least.width, screen.width), place.width, screen.width),
  height: between(Math.min(least.height, screen.height), place.height, screen.height),
});

/** At the lower right, where it hides no button of a call. */
export const usualPlace = (screen: Screen): FloatingPlace => {
  const width = Math.min(usual.width, screen.width);
  const height = Math.min(usual.height, Math.round(screen.height * 0.7));
  const margin = 40;
  return {
    left: Math.max(0, screen.width - width - margin),
    top: Math.max(edge, screen.height - height - margin),
    width,
    height,
  };
};

export const movedBy = (place: FloatingPlace, right: number, down: number): FloatingPlace => ({
  ...place,
  left: place.left + right,
  top: place.top + down,
});

export const grownBy = (place: FloatingPlace, right: number, down: number): FloatingPlace => ({
  ...place,
  width: place.width + right,
  height: place.height + down,
});

export const corners = ['upperLeft', 'upperRight', 'lowerLeft', 'lowerRight'] as const;
export type Corner = (typeof corners)[number];

/** As large as it is, in a corner of the screen, below the header. */
export const inCorner = (place: FloatingPlace, corner: Corner, screen: Screen): FloatingPlace => ({
  ...place,
  left: corner.endsWith('Left') ? 0 : Math.max(0, screen.width - place.width),
  top: corner.startsWith('upper') ? edge : Math.max(0, screen.height - place.height),
});

/** What keys do with it: the arrows move it, with Shift they make it larger or smaller. Null: nothing. */
export const afterKey = (place: FloatingPlace, key: string, shift: boolean): FloatingPlace | null => {
  const [right, down] =
    {
      ArrowLeft: [-floatingStep, 0],
      ArrowRight: [floatingStep, 0],
      ArrowUp: [0, -floatingStep],
      ArrowDown: [0, floatingStep],
    }[key] ?? [];
  if (right === undefined || down === undefined) return null;
  return shift ? grownBy(place, right, down) : movedBy(place, right, down);
};

export const numbersOf = ({ left, top, width, height }: FloatingPlace): number[] =>
  [left, top, width, height].map(Math.round);

/** Null: these are none. */
export const placeOf = (numbers: readonly number[] | null): FloatingPlace | null => {
  const [left, top, width, height] = numbers ?? [];
  if (left === undefined || top === undefined || width === undefined || height === undefined) return null;
  return { left, top, width, height };
};

/** A tab that an action opened is named after a customer, so all of a page's origin have one place. */
export const floatingName = ({ closable, name, origin }: DeskTab): string =>
  (closable ? `floating action ${origin}` : `floating ${name}`).slice(0, 300);
