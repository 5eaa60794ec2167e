import { useTexts } from '../workspace/context.ts';
import { Panel } from '../workspace/panel.tsx';
import { ShortcutSettings } from '../workspace/shortcut-settings.tsx';

export const ShortcutSection = () => {
  const { settings } = useTexts();
  return (
    <Panel title={settings.names.shortcuts}>
      <ShortcutSettings />
    </Panel>
  );
};
