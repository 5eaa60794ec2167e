import { type DirectoryEntry, deskQueries } from '@cordboard/contract';
import { Button, Group, Text, TextInput } from '@mantine/core';
import { type FormEvent, type KeyboardEvent, useRef } from 'react';
import type { Destination } from '../state/call-actions.ts';
import { useTexts } from './context.ts';
import { useAnswer } from './use-answer.ts';

interface DestinationFieldProps {
  label: string;
  submit: string;
  value: string;
  disabled?: boolean;
  /** service groups are chosen as such, not by their number */
  groups: boolean;
  /** `dial`: the shortcut goes here */
  place?: 'dial';
  autoFocus?: boolean;
  onChange(value: string): void;
  onGiven(destination: Destination): void;
}

/** A number is typed, or somebody found by his name: arrow keys go through who was found. */
export const DestinationField = (props: DestinationFieldProps) => {
  const { directory } = useTexts().workspace;
  const found = useRef<HTMLUListElement>(null);
  const wanted = props.value.trim();
  // who types digits knows the number
  const searched = /\p{L}/u.test(wanted);
  const answer = useAnswer<DirectoryEntry[]>({
    method: searched ? deskQueries.directory : null,
    parameters: JSON.stringify({ text: wanted.slice(0, 64) }),
    pause: 150,
  });
  const give = (destination: Destination) => {
    props.onGiven(destination);
    props.onChange('');
  };
  const choose = (entry: DirectoryEntry) =>
    give(
      entry.type === 'group' && props.groups
        ? { type: 'group', id: entry.id }
        : { type: 'number', number: entry.number },
    );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (wanted !== '' && !searched) give({ type: 'number', number: wanted });
    else found.current?.querySelector('button')?.click();
  };
  const onArrow = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by === undefined || !found.current) return;
    event.preventDefault();
    const rows = [...found.current.querySelectorAll('button')];
    const at = rows.findIndex(each => each === document.activeElement);
    rows[Math.max(0, Math.min(rows.length - 1, at + by))]?.focus();
  };
  return (
    <form onSubmit={submit} onKeyDown={onArrow} aria-label={props.label}>
      <Group gap="xs" align="end" wrap="nowrap">
        <TextInput
          className="grow"
          label={props.label}
          value={props.value}
          onChange={event => props.onChange(event.currentTarget.value)}
          maxLength={256}
          autoComplete="off"
          autoFocus={props.autoFocus === true}
          {...(props.place && { 'data-place': props.place })}
        />
        <Button type="submit" disabled={props.disabled === true}>
          {props.submit}
        </Button>
      </Group>
      <div role="status">
        {searched && answer.type === 'failed' && <Text className="quiet">{directory.notNow}</Text>}
        {searched && answer.type === 'here' && answer.value.length === 0 && (
          <Text className="quiet">{directory.none}</Text>
        )}
      </div>
      {searched && answer.type === 'here' && answer.value.length > 0 && (
        <ul ref={found} className="directory" aria-label={directory.results}>
          {answer.value.map(entry => (
            <li key={`${entry.type} ${entry.type === 'group' ? entry.id : entry.logonId}`}>
              <DirectoryRow
                entry={entry}
                disabled={
                  props.disabled === true ||
                  (entry.number === '' && !(props.groups && entry.type === 'group'))
                }
                onChoose={() => choose(entry)}
              />
            </li>
          ))}
        </ul>
      )}
    </form>
  );
};

interface DirectoryRowProps {
  entry: DirectoryEntry;
  disabled: boolean;
  onChoose(): void;
}

export const DirectoryRow = ({ entry, disabled, onChoose }: DirectoryRowProps) => {
  const { directory } = useTexts().workspace;
  const state =
    entry.type === 'agent'
      ? directory[entry.presence]
      : entry.open
        ? `${entry.waiting} ${directory.waiting}, ${entry.available} ${directory.free}`
        : directory.closed;
  const presence = entry.type === 'agent' ? entry.presence : entry.open ? 'group' : 'loggedOff';
  return (
    <button type="button" className="directory-row" disabled={disabled} onClick={onChoose}>
      <span className={`presence presence-${presence}`} aria-hidden />
      <span className="grow">{entry.name}</span>
      <span className="numbers">{entry.number}</span>
      <span className="quiet">{state}</span>
    </button>
  );
};
