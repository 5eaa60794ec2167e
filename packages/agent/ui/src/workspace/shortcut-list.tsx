import { Button, Group, Kbd } from '@mantine/core';
import { useState } from 'react';
import { usePreferences } from '../settings/preference-context.tsx';
import { settingsKey } from '../settings/use-settings-page.ts';
import { muteKey } from '../softphone/mute-button.tsx';
import { shortcutNames } from '../state/shortcuts.ts';
import { paneKey } from '../tabs/tab-keys.ts';
import { useTexts, useWindowState } from './context.ts';
import { Panel } from './panel.tsx';
import { shortcutText } from './shortcut-names.ts';
import { ShortcutSettings } from './shortcut-settings.tsx';

/** Keys that are as they are. */
const fixed = [
  [settingsKey, 'settings'],
  [muteKey, 'mute'],
  [paneKey, 'pane'],
  ['Alt+1 – 9', 'tab'],
] as const;

/** All keys of this user, and the way to change them. */
export const ShortcutList = ({ onClose }: { onClose(): void }) => {
  const texts = useTexts();
  const { agent } = useWindowState();
  const { shortcuts } = usePreferences();
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
          {fixed.map(([key, name]) => (
            <div key={key} className="shortcut-row">
              <dt className="grow">{texts.shortcuts.fixed[name]}</dt>
              <dd>
                <Kbd>{key}</Kbd>
              </dd>
            </div>
          ))}
        </dl>
      )}
      <Group mt="sm" gap="xs">
        {agent && (
          <Button variant="default" onClick={() => setChanging(shown => !shown)}>
            {changing ? texts.workspace.keys.done : texts.workspace.keys.change}
          </Button>
        )}
        <Button variant="default" onClick={onClose}>
          {texts.shortcuts.close}
        </Button>
      </Group>
    </Panel>
  );
};
