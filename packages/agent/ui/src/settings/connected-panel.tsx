import { Button, Table, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useDesk, useTexts } from '../workspace/context.ts';
import { Panel } from '../workspace/panel.tsx';
import { useRepeatedly } from './use-repeatedly.ts';

interface ConnectedPanelProps<Connected> {
  title: string;
  hint: string;
  /** said where nothing is connected */
  none: string;
  /** of the desk: answers what is connected, and takes it its connection */
  methods: { list: string; revoke: string };
  nameOf(each: Connected): string;
  columns: readonly { title: string; className?: string; cell(each: Connected): ReactNode }[];
}

/** What is connected to the Agent application, as long as it is shown; each can be disconnected. */
export const ConnectedPanel = <Connected extends { number: number }>({
  title,
  hint,
  none,
  methods,
  nameOf,
  columns,
}: ConnectedPanelProps<Connected>) => {
  const { settings } = useTexts();
  const desk = useDesk();
  const { value: connected, refresh } = useRepeatedly<Connected[]>(methods.list);
  const [revoked, setRevoked] = useState('');
  const revoke = async (each: Connected) => {
    const answer = await desk.request(methods.revoke, { number: each.number });
    if (answer.ok) setRevoked(nameOf(each));
    await refresh();
  };
  return (
    <Panel title={title}>
      <Text size="sm" className="quiet" mb="xs">
        {hint}
      </Text>
      <div role="status">{revoked !== '' && <Text size="sm">{`${settings.revoked}: ${revoked}`}</Text>}</div>
      {connected?.length === 0 && <Text>{none}</Text>}
      {connected !== null && connected.length > 0 && (
        <Table>
          <Table.Thead>
            <Table.Tr>
              {columns.map(column => (
                <Table.Th key={column.title}>{column.title}</Table.Th>
              ))}
              <Table.Th>
                <span className="announcement">{settings.revoke}</span>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {connected.map(each => (
              <Table.Tr key={each.number}>
                {columns.map(column => (
                  <Table.Td key={column.title} className={column.className}>
                    {column.cell(each)}
                  </Table.Td>
                ))}
                <Table.Td ta="end">
                  <Button
                    size="compact-sm"
                    variant="default"
                    aria-label={`${settings.revoke}: ${nameOf(each)}`}
                    onClick={() => void revoke(each)}
                  >
                    {settings.revoke}
                  </Button>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Panel>
  );
};
