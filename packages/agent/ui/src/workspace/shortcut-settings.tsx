import { Button, Text } from '@mantine/core';
import { type KeyboardEvent, useState } from 'react';
import { usePreferenceStore } from '../settings/preference-context.tsx';
import {
  remapped,
  type ShortcutName,
  type Shortcuts,
  shortcutNames,
  usualShortcuts,
} from '../state/shortcuts.ts';
import { useTexts, useWindowState } from './context.ts';
import { shortcutText } from './shortcut-names.ts';

/** Gives each action another key; kept for the agent who is logged on. */
export const ShortcutSettings = () => {
  const texts = useTexts();
  const { keys } = texts.workspace;
  const preferences = usePreferenceStore();
  const { agent, shortcuts } = useWindowState();
  const [waiting, setWaiting] = useState<ShortcutName | null>(null);
  const [problem, setProblem] = useState('');
  if (!agent) return null;

  const keep = (changed: Shortcuts) => {
    preferences.set({ shortcuts: changed });
    setWaiting(null);
    setProblem('');
  };
  const onKey = (event: KeyboardEvent, name: ShortcutName) => {
    if (waiting !== name || event.key === 'Tab' || event.key === 'Shift') return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') return setWaiting(null);
    const result = remapped(shortcuts, name, event.key === 'Backspace' ? '' : event.key);
    if (result.ok) return keep(result.shortcuts);
    setProblem(
      result.reason === 'conflict' ? `${keys.conflict} ${shortcutText(texts, result.with)}` : keys.unusable,
    );
  };
  return (
    <>
      <Text size="sm" className="quiet" mb="xs">
        {keys.hint}
      </Text>
      <div className="shortcut-list">
        {shortcutNames.map(name => (
          <div key={name} className="shortcut-row">
            <span className="grow">{shortcutText(texts, name)}</span>
            <Button
              size="compact-sm"
              variant={waiting === name ? 'filled' : 'default'}
              aria-label={`${shortcutText(texts, name)}: ${shortcuts[name] || keys.none}`}
              aria-pressed={waiting === name}
              data-takes-keys
              onClick={() => {
                setProblem('');
                setWaiting(waiting === name ? null : name);
              }}
              onKeyDown={event => onKey(event, name)}
              onBlur={() => setWaiting(null)}
            >
              {waiting === name ? '…' : shortcuts[name] || keys.none}
            </Button>
          </div>
        ))}
      </div>
      <Text role="status" mih="1.6em" mt="xs">
        {problem || (waiting ? keys.press : '')}
      </Text>
      <Button variant="default" size="xs" onClick={() => keep(usualShortcuts)}>
        {keys.reset}
      </Button>
    </>
  );
};
