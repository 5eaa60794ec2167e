import { type ConnectedPage, deskTabMethods, everything, type PageRights } from '@cordboard/contract';
import { Button, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { useDesk, useTexts } from '../workspace/context.ts';
import { Panel } from '../workspace/panel.tsx';
import { useRepeatedly } from './use-repeatedly.ts';

/** Pages of tabs that are connected, each with what it may do. */
export const PagesPanel = () => {
  const { settings } = useTexts();
  const desk = useDesk();
  const { value: pages, refresh } = useRepeatedly<ConnectedPage[]>(deskTabMethods.listPages);
  const [revoked, setRevoked] = useState('');
  const revoke = async ({ number, origin }: ConnectedPage) => {
    const answer = await desk.request(deskTabMethods.revokePage, { number });
    if (answer.ok) setRevoked(origin);
    await refresh();
  };
  return (
    <Panel title={settings.pagesOfTabs}>
      <Text size="sm" className="quiet" mb="xs">
        {settings.pagesHint}
      </Text>
      <div role="status">{revoked !== '' && <Text size="sm">{`${settings.revoked}: ${revoked}`}</Text>}</div>
      {pages?.length === 0 && <Text>{settings.noPages}</Text>}
      {pages !== null && pages.length > 0 && (
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{settings.page}</Table.Th>
              <Table.Th>{settings.rights}</Table.Th>
              <Table.Th>
                <span className="announcement">{settings.revoke}</span>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {pages.map(each => (
              <Table.Tr key={each.number}>
                <Table.Td className="breaks">
                  {each.tab}
                  <br />
                  {each.origin}
                </Table.Td>
                <Table.Td className="breaks">
                  <Rights {...each.rights} />
                </Table.Td>
                <Table.Td ta="end">
                  <Button
                    size="compact-sm"
                    variant="default"
                    aria-label={`${settings.revoke}: ${each.origin}`}
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

const Rights = ({ methods, events, withoutFields, requestsPerSecond }: PageRights) => {
  const { settings } = useTexts();
  const list = (names: readonly string[]) =>
    names.map(each => (each === everything ? settings.all : each)).join(', ');
  const rows: [string, string][] = [
    [settings.mayCall, list(methods)],
    [settings.mayHear, list(events)],
    [settings.doesNotSee, list(withoutFields)],
    [settings.requestsPerSecond, `${requestsPerSecond}`],
  ];
  return rows
    .filter(([, value]) => value !== '')
    .map(([label, value]) => <div key={label}>{`${label}: ${value}`}</div>);
};
