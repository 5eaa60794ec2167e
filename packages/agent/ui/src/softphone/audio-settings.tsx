import { Alert, Button, Group, NativeSelect, Progress, Stack, Switch, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTexts } from '../workspace/context.ts';
import { useAudio } from './context.ts';
import { devicesOf } from './devices.ts';
import { startEcho } from './echo.ts';
import { useLevel } from './level.ts';
import { MicrophoneGuidance } from './microphone-guidance.tsx';
import type { ChosenDevice } from './preferences.ts';
import { canChooseSpeaker } from './speaker.ts';
import { useValue } from './value.ts';

/** Microphone and speaker of this computer: which, how they are used, and a test of both. Changes take effect at once. */
export const AudioSettings = () => {
  const texts = useTexts().softphone;
  const audio = useAudio();
  const preferences = useValue(audio.preferences);
  const { microphones, speakers } = useDevices();
  return (
    <Stack gap="sm">
      <DeviceChoice
        label={texts.microphone}
        usual={texts.systemDevice}
        devices={microphones}
        chosen={preferences.microphone}
        onChosen={microphone => audio.prefer({ microphone })}
      />
      {canChooseSpeaker() && (
        <DeviceChoice
          label={texts.speaker}
          usual={texts.systemDevice}
          devices={speakers}
          chosen={preferences.speaker}
          onChosen={speaker => audio.prefer({ speaker })}
        />
      )}
      <Group gap="md">
        {(['echoCancellation', 'noiseSuppression', 'autoGainControl'] as const).map(name => (
          <Switch
            key={name}
            label={texts[name]}
            checked={preferences[name]}
            onChange={event => audio.prefer({ [name]: event.currentTarget.checked })}
          />
        ))}
      </Group>
      <AudioTest />
    </Stack>
  );
};

/** Names are told only after the microphone was allowed. */
const useDevices = (): { microphones: ChosenDevice[]; speakers: ChosenDevice[] } => {
  const { microphone } = useAudio();
  const { type } = useValue(microphone);
  const [all, setAll] = useState<readonly MediaDeviceInfo[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: names appear with the permission
  useEffect(() => {
    const devices: MediaDevices | undefined = navigator.mediaDevices;
    const list = () => void devices?.enumerateDevices().then(setAll);
    list();
    devices?.addEventListener('devicechange', list);
    return () => devices?.removeEventListener('devicechange', list);
  }, [type]);
  return { microphones: devicesOf(all, 'audioinput'), speakers: devicesOf(all, 'audiooutput') };
};

interface DeviceChoiceProps {
  label: string;
  usual: string;
  devices: readonly ChosenDevice[];
  chosen: ChosenDevice | null;
  onChosen(device: ChosenDevice | null): void;
}

const DeviceChoice = ({ label, usual, devices, chosen, onChosen }: DeviceChoiceProps) => {
  // one that is not there now is still the choice
  const missing = chosen && !devices.some(({ name }) => name === chosen.name) ? [chosen] : [];
  const listed = [...devices, ...missing];
  return (
    <NativeSelect
      label={label}
      value={chosen?.name ?? ''}
      data={[{ value: '', label: usual }, ...[...new Set(listed.map(({ name }) => name))]]}
      onChange={event => onChosen(listed.find(({ name }) => name === event.currentTarget.value) ?? null)}
    />
  );
};

/** The level of the microphone, and an echo of what is said. The microphone is opened for the test where it is not open anyway. */
const AudioTest = () => {
  const texts = useTexts().softphone;
  const audio = useAudio();
  const microphone = useValue(audio.microphone);
  const track = useValue(audio.track);
  const lostSpeaker = useValue(audio.lostSpeaker);
  const [echo, setEcho] = useState(false);
  const level = useLevel(track);
  useEffect(() => {
    if (echo && track) return startEcho(track, audio.speaker);
    return undefined;
  }, [echo, track, audio]);
  return (
    <Stack gap="xs">
      <MicrophoneGuidance />
      {lostSpeaker !== null && (
        <Alert color="yellow" variant="outline" p="xs">
          {texts.speakerLost.replace('{name}', lostSpeaker)}
        </Alert>
      )}
      <Group gap="sm">
        {microphone.type === 'open' ? (
          <Button variant="default" aria-pressed={echo} onClick={() => setEcho(!echo)}>
            {echo ? texts.stopEcho : texts.startEcho}
          </Button>
        ) : (
          <Button
            variant="default"
            disabled={microphone.type === 'asking'}
            onClick={() => void audio.openMicrophone()}
          >
            {texts.testMicrophone}
          </Button>
        )}
        <Progress.Root className="grow" size="lg" transitionDuration={60}>
          <Progress.Section
            value={level * 100}
            aria-label={texts.level}
            color={level > 0.95 ? 'red.9' : '#237032'}
          />
        </Progress.Root>
      </Group>
      <Text size="sm" className="quiet" role="status">
        {echo ? texts.echoHint : ''}
      </Text>
    </Stack>
  );
};
