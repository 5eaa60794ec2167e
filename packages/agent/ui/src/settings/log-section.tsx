import { useTexts } from '../workspace/context.ts';
import { Panel } from '../workspace/panel.tsx';
import { LogLevel } from './log-level.tsx';

export const LogSection = () => {
  const { settings } = useTexts();
  return (
    <Panel title={settings.names.log}>
      <LogLevel />
    </Panel>
  );
};
