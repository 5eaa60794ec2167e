import type { ICall } from '@cordboard/contract';
import { Button, Group, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { type CallAction, callActions } from '../state/call-actions.ts';
import { useDesk, useTexts, useWindowState } from './context.ts';
import { DestinationField } from './destination-field.tsx';

const colors: Partial<Record<CallAction['name'], string>> = {
  answer: '#237032',
  hangUp: 'red.9',
  reject: 'red.9',
};

/** The buttons that the site allows now, and no others. `children`: what the phone itself can do. */
export const CallControls = ({ call, children }: { call: ICall; children?: ReactNode }) => {
  const texts = useTexts();
  const desk = useDesk();
  const { agent, asking, shortcuts, status } = useWindowState();
  if (!agent) return null;
  const { calls, abilities } = agent;
  const actions = callActions(call, { calls, abilities, privileges: status?.privileges ?? [] });
  const open = actions.find(each => each.needs && asking?.callId === call.ID && asking.action === each.name);
  const ask = (action: CallAction['name'] | null) =>
    desk.store.dispatch({ type: 'asking', asking: action && { callId: call.ID, action } });
  return (
    <>
      {open && <Given key={open.name} action={open} onClose={() => ask(null)} />}
      <Group className="call-bar" role="toolbar" aria-label={texts.call.controls} gap="xs">
        {actions.map(action => {
          const key = shortcuts[action.name];
          return (
            <Button
              key={action.name}
              px="sm"
              variant={colors[action.name] ? 'filled' : 'default'}
              color={colors[action.name] ?? 'gray'}
              {...(key && { 'aria-keyshortcuts': key, title: `${texts.actions[action.name]} (${key})` })}
              {...(action.needs && { 'aria-expanded': open === action })}
              onClick={() =>
                action.needs === null
                  ? desk.ask(client => action.run(client))
                  : ask(open === action ? null : action.name)
              }
            >
              {texts.actions[action.name]}
            </Button>
          );
        })}
        {children}
      </Group>
    </>
  );
};

/** The form of a button that needs a number, a name or digits. */
const Given = ({ action, onClose }: { action: CallAction; onClose(): void }) => {
  const texts = useTexts();
  const desk = useDesk();
  const [value, setValue] = useState('');
  if (action.needs === 'destination')
    return (
      // biome-ignore lint/a11y/noStaticElementInteractions: Escape leaves the form from wherever in it
      <div className="given" onKeyDown={event => event.key === 'Escape' && onClose()}>
        <DestinationField
          label={`${texts.actions[action.name]}: ${texts.workspace.directory.label}`}
          submit={texts.actions[action.name]}
          value={value}
          groups={action.groups}
          autoFocus
          onChange={setValue}
          onGiven={destination => {
            desk.ask(client => action.run(client, destination));
            onClose();
          }}
        />
      </div>
    );
  if (action.needs !== 'digits') return null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (value !== '') desk.ask(client => action.run(client, value));
    setValue('');
  };
  return (
    <form
      className="given"
      onSubmit={submit}
      aria-label={texts.actions[action.name]}
      onKeyDown={event => event.key === 'Escape' && onClose()}
    >
      <Group align="end" gap="xs" wrap="nowrap">
        <TextInput
          className="grow"
          label={texts.given.digits}
          value={value}
          onChange={event => setValue(event.currentTarget.value)}
          inputMode="tel"
          maxLength={64}
          autoFocus
        />
        <Button type="submit">{texts.given.send}</Button>
      </Group>
    </form>
  );
};
