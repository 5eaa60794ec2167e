import { CallRecordingState, type ICall, type ICallInformation } from '@cordboard/contract';
import { Badge, Group, Stack, Table, Text, Title } from '@mantine/core';
import { callInFocus } from '../state/window-state.ts';
import { duration, timeOfDay } from '../texts/texts.ts';
import { CallCodes } from './call-codes.tsx';
import { CallControls } from './call-controls.tsx';
import { CallNotes } from './call-notes.tsx';
import { useNow, useTexts, useWindowState } from './context.ts';
import { Panel } from './panel.tsx';

/** The session in focus, with everything that is known of it. */
export const CallView = () => {
  const texts = useTexts();
  const state = useWindowState();
  const now = useNow();
  const call = callInFocus(state);
  if (!call)
    return (
      <Panel title={texts.call.controls}>
        <Text className="quiet">{texts.call.none}</Text>
      </Panel>
    );
  const since = state.stateSince[call.ID]?.at ?? now;
  return (
    <>
      <Panel title={texts.states[call.State] ?? call.StateDescription}>
        <Stack gap="sm">
          <Group justify="space-between">
            <div>
              <Title order={3} size="h2">
                {call.CallerName || call.PhoneNumber || texts.call.unknown}
              </Title>
              {call.CallerName !== '' && <Text className="numbers">{call.PhoneNumber}</Text>}
            </div>
            <Group gap="sm">
              <RecordingBadge call={call} />
              <Text size="xl" fw={700} className="numbers" aria-label={texts.call.inState}>
                {duration(now - since)}
              </Text>
            </Group>
          </Group>
          <CallControls call={call} />
        </Stack>
      </Panel>
      <CallFacts call={call} />
      {call.CallInfo.GroupName !== '' && <CallCodes call={call} />}
      <CallNotes key={call.ID} call={call} />
    </>
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

const pairs = ({ IVRLabels, IVRData }: Pick<ICallInformation, 'IVRLabels' | 'IVRData'>) =>
  IVRLabels.map((label, index): [string, string] => [label, IVRData[index] ?? '']);

const Facts = ({ rows }: { rows: readonly (readonly [string, string])[] }) => (
  <Table withRowBorders={false} verticalSpacing={4}>
    <Table.Tbody>
      {rows
        .filter(([, value]) => value !== '')
        .map(([label, value]) => (
          <Table.Tr key={label}>
            <Table.Th w="35%">{label}</Table.Th>
            <Table.Td>{value}</Table.Td>
          </Table.Tr>
        ))}
    </Table.Tbody>
  </Table>
);

const CallFacts = ({ call }: { call: ICall }) => {
  const texts = useTexts();
  const { CallInfo, ConsultingCallInfo } = call;
  const about = (info: ICallInformation): (readonly [string, string])[] => [
    [texts.call.group, info.GroupName],
    [texts.call.waited, info.GroupName === '' ? '' : duration(info.QueueDuration * 1_000)],
    ...pairs(info),
  ];
  return (
    <>
      <Panel title={texts.call.ivr}>
        <Facts
          rows={[
            [texts.call.called, call.CalledNumber],
            [texts.call.started, timeOfDay(call.StartTime, navigator.languages)],
            ...about(CallInfo),
          ]}
        />
      </Panel>
      {ConsultingCallInfo.CallingNumber !== '' && (
        <Panel title={texts.call.consulting}>
          <Facts
            rows={[[texts.given.number, ConsultingCallInfo.CallingNumber], ...about(ConsultingCallInfo)]}
          />
        </Panel>
      )}
    </>
  );
};
