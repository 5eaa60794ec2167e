import type { DeskStatus } from '@cordboard/contract';
import {
  Alert,
  Anchor,
  Button,
  Center,
  Paper,
  PasswordInput,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { type FormEvent, useLayoutEffect, useState } from 'react';
import { PhoneChoice } from '../softphone/phone-choice.tsx';
import { problemText } from '../texts/texts.ts';
import { Elsewhere } from '../web/elsewhere.tsx';
import { isElsewhere } from '../web/is-elsewhere.ts';
import { useDesk, useTexts, useWindowState } from '../workspace/context.ts';

export const LogonPage = ({ status }: { status: DeskStatus }) => {
  const texts = useTexts();
  const desk = useDesk();
  const lost = useWindowState().application === 'lost';
  const { remembered, connection, problem } = status;
  const [logonId, setLogonId] = useState(remembered.logonId);
  const [password, setPassword] = useState('');
  const [extension, setExtension] = useState(remembered.extension);
  const [site, setSite] = useState(remembered.site ?? '');
  const [softphone, setSoftphone] = useState(remembered.softphone);
  const busy = connection !== 'off';
  const [capsLock, setCapsLock] = useState(false);
  // who has changed the name is somebody else, and takes nobody over
  const [asked, setAsked] = useState(remembered.logonId);
  const takesOver = !busy && isElsewhere(problem) && logonId === asked;
  useLayoutEffect(() => {
    if (problem === 'wrongCredentials') setPassword('');
  }, [problem]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    desk.logOn(
      { logonId, password, extension, siteName: site.trim(), softphone: softphone ? 1 : 0 },
      takesOver,
    );
    setAsked(logonId);
  };

  return (
    <Center component="main" mih="100dvh" p="md">
      <Paper withBorder shadow="sm" radius="md" p="xl" w="100%" maw={420}>
        <form onSubmit={submit}>
          <Stack>
            <div>
              <Text fw={700} size="sm" className="quiet">
                Cordboard
              </Text>
              <Title order={1} size="h2">
                {texts.logon.title}
              </Title>
            </div>
            <div role="alert">
              {lost && (
                <Alert color="yellow" variant="outline">
                  {texts.connection.lost}
                </Alert>
              )}
              {!lost && problem !== null && (
                <Alert color={busy ? 'yellow' : 'red'} variant="outline">
                  {problemText(texts, problem)}
                  {status.elsewhere && <Elsewhere place={status.elsewhere} />}
                </Alert>
              )}
            </div>
            <TextInput
              label={texts.logon.user}
              value={logonId}
              onChange={event => setLogonId(event.currentTarget.value)}
              autoComplete="username"
              maxLength={64}
              required
              withAsterisk={false}
              data-autofocus={logonId === ''}
            />
            <PasswordInput
              label={texts.logon.password}
              value={password}
              onChange={event => setPassword(event.currentTarget.value)}
              autoComplete="current-password"
              maxLength={1024}
              required
              withAsterisk={false}
              description={capsLock ? texts.web.capsLock : undefined}
              onKeyUp={event => setCapsLock(event.getModifierState('CapsLock'))}
              visibilityToggleButtonProps={{ 'aria-label': texts.logon.password }}
            />
            <TextInput
              label={texts.logon.extension}
              description={texts.logon.extensionHint}
              value={extension}
              onChange={event => setExtension(event.currentTarget.value)}
              inputMode="tel"
              maxLength={32}
            />
            <PhoneChoice softphone={softphone} onChosen={setSoftphone} />
            <details
              className="logon-more"
              open={(remembered.site ?? '') !== '' || problem === 'unknownSite'}
            >
              <summary>{texts.logon.more}</summary>
              <TextInput
                mt="xs"
                label={texts.logon.site}
                description={texts.logon.siteHint}
                value={site}
                onChange={event => setSite(event.currentTarget.value)}
                maxLength={128}
              />
            </details>
            <Button type="submit" size="md" disabled={busy || lost}>
              {busy ? texts.logon.waiting : takesOver ? texts.web.takeOver : texts.logon.submit}
            </Button>
            <Anchor href="#settings/log" size="sm">
              {texts.settings.title}
            </Anchor>
            <Text size="xs" className="quiet">
              {texts.logon.server}: {remembered.server}
            </Text>
          </Stack>
        </form>
      </Paper>
    </Center>
  );
};
