import { Table } from '@mantine/core';
import { useTexts } from '../workspace/context.ts';
import { useSoftphoneState } from './context.ts';

/** What was measured in the last second, and how long the last answers took. */
export const QualityDetails = () => {
  const { softphone: texts, language } = useTexts();
  const { quality, answers } = useSoftphoneState();
  const number = (value: number, digits: number) =>
    value.toLocaleString(language, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const shown = (value: number | null | undefined, digits: number, unit: string) =>
    value === null || value === undefined ? '–' : `${number(value, digits)} ${unit}`.trim();
  const rows: [string, string][] = [
    [texts.mos, shown(quality?.opinion, 1, '')],
    [texts.roundTrip, shown(quality?.roundTrip, 0, 'ms')],
    [texts.jitter, shown(quality?.jitter, 0, 'ms')],
    [texts.loss, shown(quality ? quality.loss * 100 : null, 1, '%')],
    [
      texts.answerTime,
      answers === null
        ? '–'
        : texts.answerTimes.replace(
            /\{(last|p50|p95|count)\}/g,
            (_, name: 'last' | 'p50' | 'p95' | 'count') => number(answers[name], 0),
          ),
    ],
  ];
  return (
    <Table>
      <Table.Tbody>
        {rows.map(([name, value]) => (
          <Table.Tr key={name}>
            <Table.Th scope="row" fw={400}>
              {name}
            </Table.Th>
            <Table.Td className="numbers">{value}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
};
