import { ActionIcon } from '@mantine/core';
import { GearIcon } from '@radix-ui/react-icons';
import { useTexts } from '../workspace/context.ts';
import { openSettings } from './use-settings-page.ts';

export const SettingsButton = () => {
  const texts = useTexts();
  return (
    <ActionIcon variant="default" aria-label={texts.settings.open} onClick={() => openSettings()}>
      <GearIcon />
    </ActionIcon>
  );
};
