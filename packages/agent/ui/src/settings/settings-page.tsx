import { Button, Group, NavLink, Title } from '@mantine/core';
import { type ComponentType, useEffect, useRef } from 'react';
import { ConnectionSection } from '../diagnostics/connection-section.tsx';
import { SupportSection } from '../diagnostics/support-section.tsx';
import { NotificationSettings } from '../notifications/notification-settings.tsx';
import { ConnectionBanner } from '../workspace/connection-banner.tsx';
import { useTexts } from '../workspace/context.ts';
import { Notices } from '../workspace/notices.tsx';
import { AboutSection } from './about-section.tsx';
import { AudioSection } from './audio-section.tsx';
import { GeneralSection } from './general-section.tsx';
import { LogSection } from './log-section.tsx';
import { addressOf, type SettingsSection, settingsSections } from './page-address.ts';
import { ProgramsSection } from './programs-section.tsx';
import { ShortcutSection } from './shortcut-section.tsx';
import './settings.css';

const pages: Record<SettingsSection, ComponentType> = {
  general: GeneralSection,
  notifications: NotificationSettings,
  audio: AudioSection,
  shortcuts: ShortcutSection,
  programs: ProgramsSection,
  connection: ConnectionSection,
  log: LogSection,
  support: SupportSection,
  about: AboutSection,
};

/** In place of the work, which goes on behind it: the list of pages, and the chosen one. */
export const SettingsPage = ({ section, onClose }: { section: SettingsSection; onClose(): void }) => {
  const texts = useTexts();
  const heading = useRef<HTMLHeadingElement>(null);
  const Page = pages[section];
  useEffect(() => {
    const opener = document.activeElement;
    heading.current?.focus();
    return () => {
      // after the work is shown again
      requestAnimationFrame(() => opener instanceof HTMLElement && opener.focus());
    };
  }, []);
  return (
    <div className="settings">
      <Group component="header" px="md" py="xs" justify="space-between" gap="xs">
        <Title order={1} size="h4" ref={heading} tabIndex={-1}>
          {texts.settings.title}
        </Title>
        <ConnectionBanner />
        <Button variant="default" size="xs" onClick={onClose}>
          {texts.settings.close}
        </Button>
      </Group>
      <div className="settings-columns">
        <nav aria-label={texts.settings.pages}>
          {settingsSections.map(each => (
            <NavLink
              key={each}
              href={addressOf(each)}
              label={texts.settings.names[each]}
              active={each === section}
              aria-current={each === section ? 'page' : undefined}
              color="gray"
              variant="light"
            />
          ))}
        </nav>
        <main>
          <Page />
        </main>
      </div>
      <div className="messages">
        <Notices />
      </div>
    </div>
  );
};
