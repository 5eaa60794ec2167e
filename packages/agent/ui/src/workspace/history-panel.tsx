import { deskQueries, type EarlierCall, type ICall } from '@cordboard/contract';
import { Skeleton, Table, Text } from '@mantine/core';
import { dayAndTime, duration, localeOf } from '../texts/texts.ts';
import { useTexts } from './context.ts';
import { Panel } from './panel.tsx';
import { useAnswer } from './use-answer.ts';

/** What this caller called for before. */
export const HistoryPanel = ({ call }: { call: ICall }) => {
  const texts = useTexts();
  const { history } = texts.workspace;
  const locale = localeOf(texts, navigator.languages);
  const earlier = useAnswer<EarlierCall[]>({
    method: deskQueries.callerHistory,
    parameters: JSON.stringify({ callId: call.ID }),
  });
  return (
    <Panel title={history.title}>
      {earlier.type === 'waiting' && <Skeleton height="1.6em" />}
      {earlier.type === 'failed' && <Text className="quiet">{history.notNow}</Text>}
      {earlier.type === 'here' && earlier.value.length === 0 && <Text className="quiet">{history.none}</Text>}
      {earlier.type === 'here' && earlier.value.length > 0 && (
        <Table verticalSpacing={4} withRowBorders={false}>
          <Table.Tbody>
            {earlier.value.map(each => (
              <Table.Tr key={each.startedAt}>
                <Table.Td className="numbers">{dayAndTime(each.startedAt, locale)}</Table.Td>
                <Table.Td className="fact">
                  {[each.groupName, each.agentName || history.lost, each.codes]
                    .filter(part => part !== '')
                    .join(' · ')}
                </Table.Td>
                <Table.Td className="numbers" ta="right">
                  {each.seconds > 0 && duration(each.seconds * 1_000)}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Panel>
  );
};
