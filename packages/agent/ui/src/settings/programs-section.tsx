import { type ConnectedProgram, deskMethods } from '@cordboard/contract';
import { Button, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { timeOfDay } from '../texts/texts.ts';
import { useDesk, useTexts } from '../workspace/context.ts';
import { Panel } from '../workspace/panel.tsx';
import { PagesPanel } from './pages-panel.tsx';
import { useRepeatedly } from './use-repeatedly.ts';

export const ProgramsSection = () => (
  <>
    <ProgramsPanel />
    <PagesPanel />
  </>
);

const ProgramsPanel = () => {
  const { settings } = useTexts();
  const desk = useDesk();
  const { value: programs, refresh } = useRepeatedly<ConnectedProgram[]>(deskMethods.listPrograms);
  const [revoked, setRevoked] = useState('');

  const revoke = async ({ number, name }: ConnectedProgram) => {
    const answer = await desk.request(deskMethods.revokeProgram, { number });
    if (answer.ok) setRevoked(name);
    await refresh();
  };
  return (
    <Panel title={settings.programs}>
      <Text size="sm" className="quiet" mb="xs">
        {settings.programsHint}
      </Text>
      <div role="status">{revoked !== '' && <Text size="sm">{`${settings.revoked}: ${revoked}`}</Text>}</div>
      {programs?.length === 0 && <Text>{settings.noPrograms}</Text>}
      {programs !== null && programs.length > 0 && (
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{settings.program}</Table.Th>
              <Table.Th>{settings.connectedAt}</Table.Th>
              <Table.Th>
                <span className="announcement">{settings.revoke}</span>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {programs.map(each => (
              <Table.Tr key={each.number}>
                <Table.Td>{`${each.name} #${each.number}`}</Table.Td>
                <Table.Td className="numbers">{timeOfDay(each.connectedAt, navigator.languages)}</Table.Td>
                <Table.Td ta="end">
                  <Button
                    size="compact-sm"
                    variant="default"
                    aria-label={`${settings.revoke}: ${each.name} #${each.number}`}
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
