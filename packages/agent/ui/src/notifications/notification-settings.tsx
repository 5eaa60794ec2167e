import { Button, Group, NativeSelect, Stack, Switch, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { usePreferenceStore, usePreferences } from '../settings/preference-context.tsx';
import type { Preferences } from '../settings/preferences.ts';
import { devicesOf } from '../softphone/devices.ts';
import type { ChosenDevice } from '../softphone/preferences.ts';
import { canChooseSpeaker } from '../softphone/speaker.ts';
import { useTexts } from '../workspace/context.ts';
import { Panel } from '../workspace/panel.tsx';
import { createRingPlayer, type RingPlayer } from './ring-player.ts';
import { ringToneNames, ringTones } from './ring-tones.ts';

type Permission = NotificationPermission | 'absent';

const permissionNow = (): Permission => ('Notification' in globalThis ? Notification.permission : 'absent');

export const NotificationSettings = () => {
  const { settings } = useTexts();
  return (
    <>
      <Panel title={settings.names.notifications}>
        <SystemNotifications />
      </Panel>
      <Panel title={settings.ringTone}>
        <RingTone />
      </Panel>
    </>
  );
};

/** Permission is asked for by the click of the agent, and by nothing else. */
const SystemNotifications = () => {
  const { settings } = useTexts();
  const store = usePreferenceStore();
  const { notifications, blink } = usePreferences();
  const [permission, setPermission] = useState(permissionNow);
  const want = async (wanted: boolean) => {
    const given = wanted && permission === 'default' ? await Notification.requestPermission() : permission;
    setPermission(given);
    store.set({ notifications: wanted && given === 'granted' });
  };
  const hint = { denied: settings.notificationsDenied, absent: settings.notificationsAbsent };
  return (
    <Stack gap="sm">
      <Switch
        label={settings.systemNotifications}
        description={settings.systemNotificationsHint}
        checked={notifications && permission === 'granted'}
        disabled={permission === 'absent' || permission === 'denied'}
        onChange={event => void want(event.currentTarget.checked)}
      />
      <div role="status">
        {(permission === 'denied' || permission === 'absent') && <Text size="sm">{hint[permission]}</Text>}
      </div>
      <Switch
        label={settings.blink}
        checked={blink}
        onChange={event => store.set({ blink: event.currentTarget.checked })}
      />
    </Stack>
  );
};

const usePlayer = (): RingPlayer | null => {
  const [player, setPlayer] = useState<RingPlayer | null>(null);
  useEffect(() => {
    const made = createRingPlayer(navigator.mediaDevices);
    setPlayer(made);
    return () => made.close();
  }, []);
  return player;
};

const RingTone = () => {
  const { settings } = useTexts();
  const store = usePreferenceStore();
  const { ringTone, ringVolume, ringOutput, whileTalking } = usePreferences();
  const player = usePlayer();
  return (
    <Stack gap="sm" className="settings-field">
      <NativeSelect
        label={settings.ringTone}
        value={ringTone}
        onChange={event => store.set({ ringTone: event.currentTarget.value as Preferences['ringTone'] })}
        data={ringToneNames.map(value => ({ value, label: settings.ringTones[value] }))}
      />
      <label>
        <Text component="span" size="sm" fw={500}>
          {settings.ringVolume}
        </Text>
        <input
          type="range"
          className="range"
          min={0}
          max={1}
          step={0.05}
          value={ringVolume}
          onChange={event => store.set({ ringVolume: Number(event.currentTarget.value) })}
        />
      </label>
      <RingOutput chosen={ringOutput} onChosen={output => store.set({ ringOutput: output })} />
      <NativeSelect
        label={settings.whileTalking}
        value={whileTalking}
        onChange={event =>
          store.set({ whileTalking: event.currentTarget.value as Preferences['whileTalking'] })
        }
        data={[
          { value: 'beep', label: settings.beepOnce },
          { value: 'silent', label: settings.noSound },
        ]}
      />
      <Group>
        <Button
          variant="default"
          onClick={() =>
            player?.play({
              parts: ringTones[ringTone],
              volume: ringVolume,
              output: ringOutput,
              repeat: false,
            })
          }
        >
          {settings.listen}
        </Button>
      </Group>
    </Stack>
  );
};

interface RingOutputProps {
  chosen: ChosenDevice | null;
  onChosen(device: ChosenDevice | null): void;
}

const RingOutput = ({ chosen, onChosen }: RingOutputProps) => {
  const { settings, softphone } = useTexts();
  const [devices, setDevices] = useState<readonly ChosenDevice[]>([]);
  useEffect(() => {
    const list = async () => {
      setDevices(devicesOf((await navigator.mediaDevices?.enumerateDevices()) ?? [], 'audiooutput'));
    };
    const changed = () => void list();
    changed();
    navigator.mediaDevices?.addEventListener('devicechange', changed);
    return () => navigator.mediaDevices?.removeEventListener('devicechange', changed);
  }, []);
  if (!canChooseSpeaker()) return <Text size="sm">{settings.outputFixed}</Text>;
  const listed = chosen && !devices.some(each => each.id === chosen.id) ? [...devices, chosen] : devices;
  return (
    <NativeSelect
      label={settings.ringOutput}
      description={devices.length === 0 ? settings.outputUnknown : undefined}
      value={chosen?.id ?? ''}
      onChange={event => onChosen(listed.find(each => each.id === event.currentTarget.value) ?? null)}
      data={[
        { value: '', label: softphone.systemDevice },
        ...listed.map(({ id, name }) => ({ value: id, label: name })),
      ]}
    />
  );
};
