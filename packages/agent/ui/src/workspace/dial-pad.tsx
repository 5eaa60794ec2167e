import { Button, Group, SimpleGrid, TextInput } from '@mantine/core';
import { type FormEvent, type RefObject, useState } from 'react';
import { useDesk, useTexts, useWindowState } from './context.ts';
import { Panel } from './panel.tsx';

const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'];

/** Calls a number; with an active call that is a consultation. */
export const DialPad = ({ inputRef }: { inputRef: RefObject<HTMLInputElement | null> }) => {
  const texts = useTexts();
  const desk = useDesk();
  const { agent, status } = useWindowState();
  const [number, setNumber] = useState('');
  if (!agent || !status?.privileges.includes('makeCalls')) return null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (number === '') return;
    desk.ask(client => client.makeCall(number, '', true));
    setNumber('');
  };
  return (
    <Panel title={texts.dial.title}>
      <form onSubmit={submit}>
        <Group gap="xs" align="end" wrap="nowrap">
          <TextInput
            ref={inputRef}
            className="grow"
            label={texts.dial.number}
            value={number}
            onChange={event => setNumber(event.currentTarget.value)}
            inputMode="tel"
            maxLength={256}
          />
          <Button type="submit" disabled={!agent.abilities.canMakeCall}>
            {texts.dial.call}
          </Button>
        </Group>
        <SimpleGrid cols={3} spacing={4} mt="xs" verticalSpacing={4}>
          {keys.map(key => (
            <Button
              key={key}
              variant="default"
              size="compact-md"
              onClick={() => setNumber(`${number}${key}`)}
            >
              {key}
            </Button>
          ))}
        </SimpleGrid>
      </form>
    </Panel>
  );
};
