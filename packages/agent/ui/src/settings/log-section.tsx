import { LogViewer } from '../diagnostics/log-viewer.tsx';
import { useTexts } from '../workspace/context.ts';
import { Panel } from '../workspace/panel.tsx';
import { LogLevel } from './log-level.tsx';
import '../diagnostics/diagnostics.css';

export const LogSection = () => {
  const { settings, diagnostics } = useTexts();
  return (
    <>
      <Panel title={settings.logLevel}>
        <LogLevel />
      </Panel>
      <div className="wide-page">
        <Panel title={diagnostics.log}>
          <LogViewer />
        </Panel>
      </div>
    </>
  );
};
