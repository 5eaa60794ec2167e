import { Table, Text } from '@mantine/core';
import { useTexts, useWindowState } from '../workspace/context.ts';
import { Panel } from '../workspace/panel.tsx';

export const AboutSection = () => {
  const texts = useTexts();
  const { settings } = texts;
  const { status } = useWindowState();
  const rows: [string, string][] = [
    [settings.release, status?.release ?? ''],
    [settings.runsSince, status ? new Date(status.startedAt).toLocaleString(texts.language) : ''],
    [settings.process, `${status?.pid ?? ''}`],
    [settings.browser, navigator.userAgent],
  ];
  return (
    <Panel title={settings.names.about}>
      <Table>
        <Table.Tbody>
          {rows.map(([label, value]) => (
            <Table.Tr key={label}>
              <Table.Th w="35%">{label}</Table.Th>
              <Table.Td>{value}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Text size="sm" mt="sm">
        {settings.licences}
      </Text>
    </Panel>
  );
};
