import {
  ActionIcon,
  Badge,
  Button,
  Group,
  Text,
  Title,
  useComputedColorScheme,
  useMantineColorScheme,
} from '@mantine/core';
import { MoonIcon, SunIcon } from '@radix-ui/react-icons';
import type { ReactNode } from 'react';
import { SettingsButton } from '../settings/settings-button.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { useDesk, useTexts, useWindowState } from './context.ts';
import { useHelp } from './help.tsx';

/** `children`: further buttons and indicators, before those that are always there. */
export const Header = ({ children }: { children?: ReactNode }) => {
  const help = useHelp();
  const texts = useTexts();
  const desk = useDesk();
  const { agent } = useWindowState();
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  if (!agent) return null;
  return (
    <Group component="header" className="header" px="md" py="xs" justify="space-between" gap="xs">
      <Group gap="sm" className="who">
        <Title order={1} size="h4">
          {agent.user.UserName}
        </Title>
        <Text size="sm" className="quiet">
          {texts.header.extension} {agent.user.ExtensionNumber}
        </Text>
        {agent.abilities.monitored && (
          // Mantine's orange is too light on the light page (WCAG 1.4.3)
          <Badge color={scheme === 'dark' ? 'orange.4' : '#9c3606'} variant="outline">
            {texts.connection.monitored}
          </Badge>
        )}
      </Group>
      <ConnectionBanner />
      <Group gap="xs" className="header-buttons">
        {children}
        <SettingsButton />
        <ActionIcon
          variant="default"
          aria-label={texts.header.colors}
          onClick={() => setColorScheme(scheme === 'dark' ? 'light' : 'dark')}
        >
          {scheme === 'dark' ? <SunIcon /> : <MoonIcon />}
        </ActionIcon>
        <ActionIcon variant="default" aria-label={texts.header.help} onClick={help}>
          ?
        </ActionIcon>
        <Button variant="default" size="xs" onClick={desk.logOff}>
          {texts.header.logOff}
        </Button>
      </Group>
    </Group>
  );
};
