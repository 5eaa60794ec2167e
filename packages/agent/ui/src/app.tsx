import { Center, Loader, Stack, Text } from '@mantine/core';
import { LogonPage } from './pages/logon-page.tsx';
import { WorkspacePage } from './pages/workspace-page.tsx';
import { useTexts, useWindowState } from './workspace/context.ts';

/** The page for what is: waiting for the application, logged off, or at work. */
export const App = () => {
  const texts = useTexts();
  const { application, status, agent } = useWindowState();
  if (!status || application === 'denied')
    return <Waiting text={texts.connection[application === 'open' ? 'connecting' : application]} />;
  if (agent) return <WorkspacePage />;
  if (status.ready) return <Waiting text={texts.connection.starting} />;
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
