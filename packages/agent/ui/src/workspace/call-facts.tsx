import type { ICall, ICallInformation } from '@cordboard/contract';
import { Table } from '@mantine/core';
import { duration, localeOf, timeOfDay } from '../texts/texts.ts';
import { useTexts, useWindowState } from './context.ts';
import { Panel } from './panel.tsx';

type Row = readonly [label: string, value: string];

const hidden = '••••';

/** What customers typed in secret stays so on the screen too. */
const pairs = (
  { IVRLabels, IVRData }: Pick<ICallInformation, 'IVRLabels' | 'IVRData'>,
  secret: ReadonlySet<string>,
): Row[] =>
  IVRLabels.map((label, index) => [
    label,
    secret.has(label.toLowerCase()) && IVRData[index] ? hidden : (IVRData[index] ?? ''),
  ]);

const Facts = ({ rows }: { rows: readonly Row[] }) => (
  <Table withRowBorders={false} verticalSpacing={4}>
    <Table.Tbody>
      {rows
        .filter(([, value]) => value !== '')
        .map(([label, value]) => (
          <Table.Tr key={label}>
            <Table.Th w="45%" className="fact">
              {label}
            </Table.Th>
            <Table.Td className="fact">{value}</Table.Td>
          </Table.Tr>
        ))}
    </Table.Tbody>
  </Table>
);

/** Group, waiting time and IVR data of the call, and of the one that it is a consultation about. */
export const CallFacts = ({ call }: { call: ICall }) => {
  const texts = useTexts();
  const { agent } = useWindowState();
  const { CallInfo, ConsultingCallInfo } = call;
  const secret = new Set(agent?.secretFields?.map(each => each.toLowerCase()));
  const about = (info: ICallInformation): Row[] => [
    [texts.call.group, info.GroupName],
    [texts.call.waited, info.GroupName === '' ? '' : duration(info.QueueDuration * 1_000)],
    ...pairs(info, secret),
  ];
  return (
    <>
      <Panel title={texts.call.ivr}>
        <Facts
          rows={[
            [texts.call.called, call.CalledNumber],
            [texts.call.started, timeOfDay(call.StartTime, [localeOf(texts, navigator.languages)])],
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
