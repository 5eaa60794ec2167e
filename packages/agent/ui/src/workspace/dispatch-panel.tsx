import { Tabs } from '@mantine/core';
import { useState } from 'react';
import { waitingLists } from '../state/waiting-lists.ts';
import { useTexts, useWholeState } from './context.ts';
import { Panel } from './panel.tsx';
import { WaitingRows } from './waiting-rows.tsx';

/** The lists that the agent may pick from. */
export const DispatchPanel = () => {
  const texts = useTexts();
  const { agent, status } = useWholeState();
  const [chosen, setChosen] = useState<string | null>(null);
  if (!agent) return null;
  const lists = waitingLists(agent, status?.privileges ?? []);
  const shown = lists.find(each => each.kind === chosen) ?? lists[0];
  if (!shown) return null;
  return (
    <Panel title={texts.dispatch.title}>
      <Tabs value={shown.kind} onChange={setChosen}>
        <Tabs.List mb="xs">
          {lists.map(({ kind, rows }) => (
            <Tabs.Tab key={kind} value={kind} px="xs">
              {texts.dispatch[kind]} ({rows.length})
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {lists.map(({ kind, rows, reserve, retrieve }) => (
          <Tabs.Panel key={kind} value={kind}>
            {kind === shown.kind && (
              <WaitingRows label={texts.dispatch[kind]} rows={rows} reserve={reserve} retrieve={retrieve} />
            )}
          </Tabs.Panel>
        ))}
      </Tabs>
    </Panel>
  );
};
