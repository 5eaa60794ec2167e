import type { MantineColorSchemeManager } from '@mantine/core';
import type { PreferenceStore } from './preference-store.ts';

/** The colours that were chosen, for the components. What they say back is said once. */
export const colorSchemes = (preferences: PreferenceStore): MantineColorSchemeManager => {
  let stop = () => {};
  return {
    get: () => preferences.get().colors,
    set(colors) {
      if (colors !== preferences.get().colors) preferences.set({ colors });
    },
    subscribe(update) {
      let told = preferences.get().colors;
      stop = preferences.subscribe(() => {
        const { colors } = preferences.get();
        if (colors === told) return;
        told = colors;
        update(colors);
      });
    },
    unsubscribe: () => stop(),
    clear() {},
  };
};
