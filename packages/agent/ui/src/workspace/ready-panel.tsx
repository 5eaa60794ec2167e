import { Group, NativeSelect, SegmentedControl, Stack, Switch, Text } from '@mantine/core';
import { duration } from '../texts/texts.ts';
import { useDesk, useNow, useTexts, useWindowState } from './context.ts';
import { Panel } from './panel.tsx';

/** Ready and Not Ready for each medium, as the site has it: a switch moves when the site has moved it. */
export const ReadyPanel = () => {
  const texts = useTexts();
  const desk = useDesk();
  const { agent, readySince } = useWindowState();
  const now = useNow();
  if (!agent) return null;
  const { user, notReadyReasons, serviceGroups } = agent;
  const has = (medium: string) => serviceGroups.some(group => group.media.toLowerCase() === medium);
  const media = [
    {
      label: texts.ready.email,
      shown: has('email') || has('sms'),
      ready: user.EmailReadyStatus,
      set: (ready: boolean) => desk.ask(client => client.setEmailReadyStatus(ready)),
    },
    {
      label: texts.ready.openMedia,
      shown: has('openmedia'),
      ready: user.OpenMediaReadyStatus,
      set: (ready: boolean) => desk.ask(client => client.setOpenMediaReadyStatus(ready)),
    },
    {
      label: texts.ready.chat,
      shown: has('chat'),
      ready: user.ChatReadyStatus,
      set: (ready: boolean) => desk.ask(client => client.setChatReadyStatus(ready)),
    },
  ].filter(each => each.shown);
  return (
    <Panel title={texts.ready.title}>
      <Stack gap="xs">
        <SegmentedControl
          fullWidth
          aria-label={texts.ready.voice}
          value={user.ReadyStatus ? 'ready' : 'notReady'}
          onChange={value => desk.ask(client => client.setReadyStatus(value === 'ready'))}
          data={[
            { value: 'ready', label: texts.ready.ready },
            { value: 'notReady', label: texts.ready.notReady },
          ]}
        />
        <Group justify="space-between">
          <Text size="sm">
            {user.ReadyStatus ? texts.ready.ready : user.VoiceNotReadyReasonString || texts.ready.notReady}
          </Text>
          <Text size="sm" className="numbers">
            {texts.ready.since} {duration(now - (readySince?.at ?? now))}
          </Text>
        </Group>
        {!user.ReadyStatus && (
          <NativeSelect
            label={texts.ready.reason}
            value={`${user.VoiceNotReadyReasonID}`}
            onChange={event => {
              const id = Number(event.currentTarget.value);
              desk.ask(client =>
                id === 0 ? client.setReadyStatus(false) : client.setReadyStatus(false, id),
              );
            }}
            data={[
              { value: '0', label: texts.ready.noReason },
              ...notReadyReasons.map(each => ({ value: `${each.ID}`, label: each.Name })),
            ]}
          />
        )}
        {media.map(({ label, ready, set }) => (
          <Switch
            key={label}
            label={label}
            checked={ready}
            onChange={event => set(event.currentTarget.checked)}
          />
        ))}
      </Stack>
    </Panel>
  );
};
