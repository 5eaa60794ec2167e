import type { ICall } from '@cordboard/contract';
import { Button, Group, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { type CallAction, callActions } from '../state/call-actions.ts';
import { useDesk, useTexts, useWindowState } from './context.ts';
import { callKeys } from './shortcuts.ts';

const colors: Partial<Record<CallAction['name'], string>> = {
  answer: '#237032',
  hangUp: 'red.9',
  reject: 'red.9',
};

/** The buttons that the site allows now, and no others. */
export const CallControls = ({ call }: { call: ICall }) => {
  const texts = useTexts();
  const desk = useDesk();
  const { agent, status } = useWindowState();
  const [asking, setAsking] = useState<CallAction['name'] | null>(null);
  if (!agent) return null;
  const actions = callActions(call, agent.abilities, status?.privileges ?? []);
  const open = actions.find(each => each.name === asking && each.needs);
  return (
    <>
      <Group className="call-bar" role="toolbar" aria-label={texts.call.controls} gap="xs">
        {actions.map(action => {
          const key = callKeys[action.name];
          return (
            <Button
              key={action.name}
              variant={colors[action.name] ? 'filled' : 'default'}
              color={colors[action.name] ?? 'gray'}
              {...(key && { 'aria-keyshortcuts': key, title: key })}
              {...(action.needs && { 'aria-expanded': asking === action.name })}
              onClick={() =>
                action.needs
                  ? setAsking(asking === action.name ? null : action.name)
                  : desk.ask(client => action.run(client, call, ''))
              }
            >
              {texts.actions[action.name]}
            </Button>
          );
        })}
      </Group>
      {open && (
        <Given
          key={`${call.ID}:${open.name}`}
          action={open}
          onGiven={given => {
            desk.ask(client => open.run(client, call, given));
            if (open.needs === 'number') setAsking(null);
          }}
        />
      )}
    </>
  );
};

const Given = ({ action, onGiven }: { action: CallAction; onGiven(given: string): void }) => {
  const texts = useTexts();
  const [given, setGiven] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (given !== '') onGiven(given);
    setGiven('');
  };
  return (
    <form onSubmit={submit} aria-label={texts.actions[action.name]}>
      <Group align="end" gap="xs">
        <TextInput
          className="grow"
          label={action.needs === 'digits' ? texts.given.digits : texts.given.number}
          value={given}
          onChange={event => setGiven(event.currentTarget.value)}
          inputMode="tel"
          maxLength={action.needs === 'digits' ? 64 : 256}
          data-autofocus
        />
        <Button type="submit">{texts.given.send}</Button>
      </Group>
    </form>
  );
};
