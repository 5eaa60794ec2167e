import { useState } from 'react';
import { usePreferenceStore, usePreferences } from './preference-context.tsx';

export interface PlaceOnPage {
  /** as it was put, or is being moved; null: where it usually is */
  place: readonly number[] | null;
  /** while it is moved */
  show(place: readonly number[]): void;
  /** where it was put, for the next time; null: where it usually is */
  put(place: readonly number[] | null): void;
}

/** Where this person put what has this name; one that is put goes to the end of the list, which is bounded. */
export const usePlace = (name: string): PlaceOnPage => {
  const store = usePreferenceStore();
  const { places } = usePreferences();
  const [moved, setMoved] = useState<readonly number[] | null>(null);
  return {
    place: moved ?? places[name] ?? null,
    show: setMoved,
    put(place) {
      setMoved(null);
      const { [name]: _before, ...others } = store.get().places;
      store.set({ places: place === null ? others : { ...others, [name]: [...place] } });
    },
  };
};
