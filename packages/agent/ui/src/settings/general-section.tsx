import { type MantineColorScheme, NativeSelect, Stack, useMantineColorScheme } from '@mantine/core';
import { useTexts } from '../workspace/context.ts';
import { Panel } from '../workspace/panel.tsx';
import { usePreferenceStore, usePreferences } from './preference-context.tsx';
import type { Preferences } from './preferences.ts';

export const GeneralSection = () => {
  const { settings } = useTexts();
  const store = usePreferenceStore();
  const { language, density } = usePreferences();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
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
          value={colorScheme}
          onChange={event => setColorScheme(event.currentTarget.value as MantineColorScheme)}
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
