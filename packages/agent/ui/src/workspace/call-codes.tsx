import { type ICall, type ICQCode, MediaType } from '@cordboard/contract';
import { Chip, Group } from '@mantine/core';
import { useEffect } from 'react';
import { useDesk, useTexts, useWindowState } from './context.ts';
import { Panel } from './panel.tsx';

const none: readonly ICQCode[] = [];

/** The qualification codes of the call's service group; those that the call has are marked. */
export const CallCodes = ({ call }: { call: ICall }) => {
  const texts = useTexts();
  const { ask, client, store } = useDesk();
  const { agent, codes } = useWindowState();
  const { ID: callId } = call;
  const offered = agent?.serviceGroups.find(each => each.name === call.CallInfo.GroupName)?.cqCodes ?? none;
  const entered = codes[callId] ?? none;
  useEffect(() => {
    const read = async () =>
      store.dispatch({ type: 'codes', callId, codes: await client.getCallCQCodes(callId, MediaType.Voice) });
    void read();
  }, [callId, client, store]);
  if (offered.length === 0) return null;
  const enter = (ids: string[]) =>
    ask(async () => {
      const chosen = offered.filter(each => ids.includes(`${each.ID}`));
      const accepted = await client.enterCQCodes(callId, MediaType.Voice, [...chosen]);
      if (accepted) store.dispatch({ type: 'codes', callId, codes: chosen });
      return accepted;
    });
  return (
    <Panel title={texts.call.codes}>
      <Chip.Group multiple value={entered.map(each => `${each.ID}`)} onChange={enter}>
        <Group gap="xs">
          {offered.map(each => (
            <Chip key={each.ID} value={`${each.ID}`} variant="outline">
              {each.Name}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
    </Panel>
  );
};
