import { Button, SimpleGrid, Text } from '@mantine/core';
import { ArrowBottomLeftIcon, ArrowTopRightIcon } from '@radix-ui/react-icons';
import { useState } from 'react';
import { dayAndTime, localeOf } from '../texts/texts.ts';
import { useDesk, useTexts, useWindowState } from './context.ts';
import { DestinationField } from './destination-field.tsx';
import { Panel } from './panel.tsx';

const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'];

/** Calls a number or somebody by name; with an active call that is a consultation. */
export const DialPad = () => {
  const texts = useTexts();
  const desk = useDesk();
  const { agent, recent, status } = useWindowState();
  const [number, setNumber] = useState('');
  if (!agent || !status?.privileges.includes('makeCalls')) return null;
  const { canMakeCall } = agent.abilities;
  const dial = (wanted: string, name = '') => desk.ask(client => client.makeCall(wanted, name, true));
  return (
    <Panel title={texts.dial.title}>
      <DestinationField
        label={texts.workspace.directory.label}
        submit={texts.dial.call}
        value={number}
        disabled={!canMakeCall}
        groups={false}
        place="dial"
        onChange={setNumber}
        onGiven={to => to.type === 'number' && dial(to.number)}
      />
      <SimpleGrid cols={3} spacing={4} mt="xs" verticalSpacing={4}>
        {keys.map(key => (
          <Button key={key} variant="default" size="compact-md" onClick={() => setNumber(`${number}${key}`)}>
            {key}
          </Button>
        ))}
      </SimpleGrid>
      {recent.length > 0 && (
        <ul className="directory" aria-label={texts.workspace.recent.title}>
          {recent.map(({ number: last, name, incoming, answered, at }) => (
            <li key={last}>
              <button
                type="button"
                className="directory-row"
                disabled={!canMakeCall}
                onClick={() => dial(last, name)}
              >
                {incoming ? <ArrowBottomLeftIcon aria-hidden /> : <ArrowTopRightIcon aria-hidden />}
                <span className="grow">{name === '' || name === last ? last : `${name} · ${last}`}</span>
                {incoming && !answered && <Text span>{texts.workspace.recent.missed}</Text>}
                <span className="numbers quiet">
                  {dayAndTime(new Date(at).toISOString(), localeOf(texts, navigator.languages))}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
};
