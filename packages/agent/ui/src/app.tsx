import { Center, Loader, Stack, Text } from '@mantine/core';
import { LogonPage } from './pages/logon-page.tsx';
import { WorkspacePage } from './pages/workspace-page.tsx';
import { SettingsPage } from './settings/settings-page.tsx';
import { useSettingsPage } from './settings/use-settings-page.ts';
import { useTexts, useWindowState } from './workspace/context.ts';
import { HelpProvider } from './workspace/help.tsx';
import { WorkspaceSkeleton } from './workspace/workspace-skeleton.tsx';

/** The settings where the address names them; else the page for what is: waiting for the application, logged off, or at work. */
export const App = () => {
  const { section, close } = useSettingsPage();
  return (
    <HelpProvider>
      {/* what is under the settings goes on: calls, sound and tabs are not interrupted */}
      <div hidden={section !== null}>
        <WorkOrLogon />
      </div>
      {section !== null && <SettingsPage section={section} onClose={close} />}
    </HelpProvider>
  );
};

const WorkOrLogon = () => {
  const texts = useTexts();
  const { application, status, agent } = useWindowState();
  if (!status || application === 'denied')
    return <Waiting text={texts.connection[application === 'open' ? 'connecting' : application]} />;
  if (agent) return <WorkspacePage />;
  if (status.ready) return <WorkspaceSkeleton text={texts.connection.starting} />;
  return <LogonPage status={status} />;
};

const Waiting = ({ text }: { text: string }) => (
  <Center component="main" h="100dvh" p="md">
    <Stack align="center">
      <Loader aria-hidden />
      <Text component="h1" size="lg" ta="center" role="status">
        {text}
      </Text>
    </Stack>
  </Center>
);
