import { Alert, Button, Stack, Text } from '@mantine/core';
import { useTexts } from '../workspace/context.ts';
import { useAudio } from './context.ts';
import { useValue } from './value.ts';

/** What to do where there is no microphone; nothing while there is one. */
export const MicrophoneGuidance = () => {
  const texts = useTexts().softphone;
  const audio = useAudio();
  const microphone = useValue(audio.microphone);
  if (microphone.type === 'asking')
    return (
      <Alert color="blue" variant="outline" p="xs" role="status">
        {texts.asking}
      </Alert>
    );
  if (microphone.type === 'open' && microphone.lost !== null)
    return (
      <Alert color="yellow" variant="outline" p="xs" role="status">
        {texts.microphoneLost.replace('{name}', microphone.lost).replace('{other}', microphone.name)}
      </Alert>
    );
  if (microphone.type !== 'absent') return null;
  return (
    <Alert color="red" variant="outline" p="xs" title={texts.noMicrophone} role="alert">
      <Stack gap="xs" align="start">
        <Text size="sm">{texts.problems[microphone.problem]}</Text>
        <Button size="xs" variant="default" onClick={() => void audio.openMicrophone()}>
          {texts.tryAgain}
        </Button>
      </Stack>
    </Alert>
  );
};
