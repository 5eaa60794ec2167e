import { Alert, Button, ColorSwatch, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTexts, useWindowState } from '../workspace/context.ts';
import { Panel } from '../workspace/panel.tsx';
import { useSoftphone, useSoftphoneState } from './context.ts';
import { Keypad } from './keypad.tsx';
import { MicrophoneGuidance } from './microphone-guidance.tsx';
import { MuteButton } from './mute-button.tsx';
import { QualityDetails } from './quality-details.tsx';
import type { SoftphonePhase } from './softphone.ts';

const colors: Partial<Record<SoftphonePhase, string>> = { registered: '#237032', connecting: '#868e96' };

/** The phone in this window: whether it is one, mute, how it sounds. Nothing for who is at a desk phone. */
export const SoftphonePanel = () => {
  const texts = useTexts().softphone;
  const softphone = useSoftphone();
  const { status } = useWindowState();
  const { phase, calls, ringing, quality } = useSoftphoneState();
  const [open, setOpen] = useState<'details' | 'keypad' | null>(null);
  if (!status?.softphone) return null;
  const toggle = (what: 'details' | 'keypad') => setOpen(open === what ? null : what);
  const grade = quality?.grade;
  return (
    <Panel title={texts.title}>
      <Stack gap="xs">
        <Group gap="xs" role="status" wrap="nowrap">
          <ColorSwatch size={10} color={colors[phase] ?? '#d9480f'} withShadow={false} aria-hidden />
          <Text size="sm">{texts.states[phase]}</Text>
        </Group>
        {phase === 'elsewhere' ? (
          <Button size="xs" variant="default" onClick={softphone.takeAudio}>
            {texts.takeHere}
          </Button>
        ) : (
          <MicrophoneGuidance />
        )}
        {ringing && (
          <Button color="#237032" onClick={ringing.answer}>
            {texts.answerPhone}: {ringing.name}
          </Button>
        )}
        {phase !== 'elsewhere' && (
          <Group gap="xs">
            <MuteButton />
            <Button
              size="xs"
              variant="default"
              aria-expanded={open === 'details'}
              onClick={() => toggle('details')}
            >
              {grade ? texts.quality[grade] : texts.details}
            </Button>
            <Button
              size="xs"
              variant="default"
              disabled={calls === 0}
              aria-expanded={open === 'keypad'}
              onClick={() => toggle('keypad')}
            >
              {texts.digits}
            </Button>
          </Group>
        )}
        {open === 'details' && <QualityDetails />}
        {open === 'keypad' && calls > 0 && <Keypad />}
        <div role="alert">
          {(grade === 'bad' || grade === 'none') && (
            <Alert color="orange" variant="outline" p="xs">
              <Text size="sm">{grade === 'none' ? texts.qualityNone : texts.qualityBad}</Text>
            </Alert>
          )}
        </div>
      </Stack>
    </Panel>
  );
};
