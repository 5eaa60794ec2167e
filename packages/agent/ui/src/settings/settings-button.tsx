import { ActionIcon } from '@mantine/core';
import { useTexts } from '../workspace/context.ts';
import { openSettings } from './use-settings-page.ts';

export const SettingsButton = () => {
  const texts = useTexts();
  return (
    <ActionIcon variant="default" aria-label={texts.settings.open} onClick={() => openSettings()}>
      ⚙
    </ActionIcon>
  );
};
