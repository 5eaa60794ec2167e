import { Button, Group, Kbd } from '@mantine/core';
import { useState } from 'react';
import { shortcutNames } from '../state/shortcuts.ts';
import { useTexts, useWindowState } from './context.ts';
import { Panel } from './panel.tsx';
import { shortcutText } from './shortcut-names.ts';
import { ShortcutSettings } from './shortcut-settings.tsx';

/** All keys of this user, and the way to change them. */
export const ShortcutList = ({ onClose }: { onClose(): void }) => {
  const texts = useTexts();
  const { shortcuts } = useWindowState();
  const [changing, setChanging] = useState(false);
  return (
    <Panel title={texts.shortcuts.title}>
      {changing ? (
        <ShortcutSettings />
      ) : (
        <dl className="shortcut-list">
          {shortcutNames.map(name => (
            <div key={name} className="shortcut-row">
              <dt className="grow">{shortcutText(texts, name)}</dt>
              <dd>{shortcuts[name] === '' ? texts.workspace.keys.none : <Kbd>{shortcuts[name]}</Kbd>}</dd>
            </div>
          ))}
        </dl>
      )}
      <Group mt="sm" gap="xs">
        <Button variant="default" onClick={() => setChanging(shown => !shown)}>
          {changing ? texts.workspace.keys.done : texts.workspace.keys.change}
        </Button>
        <Button variant="default" onClick={onClose}>
          {texts.shortcuts.close}
        </Button>
      </Group>
    </Panel>
  );
};
