import { CallRecordingState, type ICall } from '@cordboard/contract';
import { Badge, Group, Paper, Text, Title } from '@mantine/core';
import { callInFocus } from '../state/window-state.ts';
import { duration, stateText } from '../texts/texts.ts';
import { CallControls } from './call-controls.tsx';
import { ClericalCountdown } from './clerical-countdown.tsx';
import { useNow, useTexts, useWindowState } from './context.ts';

/** The session in focus: who it is, in what state and how long, and what can be done. Its place is kept without a session. */
export const CallPanel = () => {
  const texts = useTexts();
  const state = useWindowState();
  const now = useNow();
  const call = callInFocus(state);
  return (
    <Paper
      component="section"
      aria-label={texts.call.controls}
      className="call-panel"
      p="sm"
      radius="md"
      withBorder
    >
      {call ? (
        <>
          <Group justify="space-between" wrap="nowrap" align="start">
            <div className="grow">
              <Title order={2} size="h2" className="grow">
                {call.CallerName || call.PhoneNumber || texts.call.unknown}
              </Title>
              <Text className="numbers grow">
                {[call.CallerName === '' ? '' : call.PhoneNumber, call.CallInfo.GroupName]
                  .filter(each => each !== '')
                  .join(' · ')}
              </Text>
            </div>
            <div className="call-state">
              <Text fw={600}>{stateText(texts, call)}</Text>
              <Text size="xl" fw={700} className="numbers" role="timer" aria-label={texts.call.inState}>
                {duration(now - (state.stateSince[call.ID]?.at ?? now))}
              </Text>
              <RecordingBadge call={call} />
            </div>
          </Group>
          <ClericalCountdown call={call} />
          <CallControls call={call} />
        </>
      ) : (
        <Text className="quiet">{texts.call.none}</Text>
      )}
    </Paper>
  );
};

const RecordingBadge = ({ call }: { call: ICall }) => {
  const texts = useTexts();
  if (call.RecordingState === CallRecordingState.Stopped) return null;
  const paused = call.RecordingState === CallRecordingState.Paused;
  return (
    <Badge color="red" variant="outline" autoContrast>
      {paused ? texts.call.recordingPaused : texts.call.recording}
    </Badge>
  );
};
