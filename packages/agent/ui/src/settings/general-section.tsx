import { NativeSelect, Stack } from '@mantine/core';
import { useTexts } from '../workspace/context.ts';
import { Panel } from '../workspace/panel.tsx';
import { LayoutSettings } from './layout-settings.tsx';
import { usePreferenceStore, usePreferences } from './preference-context.tsx';
import type { Preferences } from './preferences.ts';

export const GeneralSection = () => (
  <>
    <LanguageAndLooks />
    <LayoutSettings />
  </>
);

const LanguageAndLooks = () => {
  const { settings } = useTexts();
  const store = usePreferenceStore();
  const { language, colors, density } = usePreferences();
  return (
    <Panel title={settings.names.general}>
      <Stack gap="sm" className="settings-field">
        <NativeSelect
          label={settings.language}
          value={language}
          onChange={event => store.set({ language: event.currentTarget.value as Preferences['language'] })}
          data={[
            { value: 'auto', label: settings.likeTheBrowser },
            { value: 'en', label: 'English' },
            { value: 'de', label: 'Deutsch' },
          ]}
        />
        <NativeSelect
          label={settings.colors}
          value={colors}
          onChange={event => store.set({ colors: event.currentTarget.value as Preferences['colors'] })}
          data={[
            { value: 'auto', label: settings.likeTheSystem },
            { value: 'light', label: settings.light },
            { value: 'dark', label: settings.dark },
          ]}
        />
        <NativeSelect
          label={settings.density}
          value={density}
          onChange={event => store.set({ density: event.currentTarget.value as Preferences['density'] })}
          data={[
            { value: 'comfortable', label: settings.comfortable },
            { value: 'compact', label: settings.compact },
          ]}
        />
      </Stack>
    </Panel>
  );
};
