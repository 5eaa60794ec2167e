import { type ConnectionReport, deskSettingsMethods } from '@cordboard/contract';
import { Table, Text } from '@mantine/core';
import { useRepeatedly } from '../settings/use-repeatedly.ts';
import { duration, problemText } from '../texts/texts.ts';
import { useTexts } from '../workspace/context.ts';
import { Panel } from '../workspace/panel.tsx';
import './diagnostics.css';
import { RoundTrips } from './round-trips.tsx';

const moment = (at: number): string => new Date(at).toLocaleString([...navigator.languages]);
const milliseconds = (value: number | null | undefined): string =>
  value === null || value === undefined ? '' : `${value.toFixed(1)} ms`;

/** How the connection to the server is, and what it went through. */
export const ConnectionSection = () => {
  const texts = useTexts();
  const { diagnostics } = texts;
  const { value: report } = useRepeatedly<ConnectionReport>(deskSettingsMethods.getConnection);
  if (!report) return null;
  const stateText = (state: string) => diagnostics.states[state as keyof typeof diagnostics.states] ?? state;
  const why = (problem: string | null) => (problem === null ? '' : problemText(texts, problem));
  const last = report.pings.at(-1);
  const rows: [string, string][] = [
    [diagnostics.server, report.server],
    [diagnostics.state, stateText(report.state)],
    [diagnostics.why, why(report.problem)],
    [
      diagnostics.attachedSince,
      report.attachedSince === null
        ? ''
        : `${moment(report.attachedSince)} (${duration(report.now - report.attachedSince)})`,
    ],
    [diagnostics.lastSequence, report.lastSequence === null ? '' : `${report.lastSequence}`],
    [diagnostics.roundTrip, milliseconds(last?.roundTrip)],
    [diagnostics.clockOffset, milliseconds(last?.clockOffset)],
  ];
  return (
    <>
      <Panel title={texts.settings.names.connection}>
        <Table>
          <Table.Tbody>
            {rows
              .filter(([, value]) => value !== '')
              .map(([label, value]) => (
                <Table.Tr key={label}>
                  <Table.Th w="40%">{label}</Table.Th>
                  <Table.Td className="numbers fact">{value}</Table.Td>
                </Table.Tr>
              ))}
          </Table.Tbody>
        </Table>
        <RoundTrips values={report.pings.map(each => each.roundTrip)} />
      </Panel>
      <Panel title={diagnostics.history}>
        {report.history.length === 0 && <Text className="quiet">{diagnostics.nothingYet}</Text>}
        <Table>
          <Table.Tbody>
            {[...report.history].reverse().map(each => (
              <Table.Tr key={`${each.at} ${each.state} ${each.problem}`}>
                <Table.Td className="numbers">{moment(each.at)}</Table.Td>
                <Table.Td>{stateText(each.state)}</Table.Td>
                <Table.Td className="fact">{why(each.problem)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Panel>
    </>
  );
};
