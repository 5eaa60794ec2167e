import { SoftphonePanel } from '../softphone/softphone-panel.tsx';
import { FloatingTabs } from '../tabs/floating-tabs.tsx';
import { TabContents } from '../tabs/tab-contents.tsx';
import { TabDock } from '../tabs/tab-dock.tsx';
import { TabStrip } from '../tabs/tab-strip.tsx';
import { CallPanel } from '../workspace/call-panel.tsx';
import { DialPad } from '../workspace/dial-pad.tsx';
import { DispatchPanel } from '../workspace/dispatch-panel.tsx';
import { Header } from '../workspace/header.tsx';
import { Layout } from '../workspace/layout.tsx';
import { MonitorPanel } from '../workspace/monitor-panel.tsx';
import { Notices } from '../workspace/notices.tsx';
import { QueueFigures } from '../workspace/queue-figures.tsx';
import { ReadyPanel } from '../workspace/ready-panel.tsx';
import { SessionList } from '../workspace/session-list.tsx';
import { useShortcuts } from '../workspace/shortcuts.ts';
import { WorkPage } from '../workspace/work-page.tsx';

/** Where the agent works: sessions at the left, the one in focus in the middle, what waits at the right. */
export const WorkspacePage = () => {
  useShortcuts();
  return (
    <Layout
      header={<Header />}
      sessions={
        <>
          <ReadyPanel />
          <SoftphonePanel />
          <SessionList />
        </>
      }
      call={<CallPanel />}
      strip={<TabStrip />}
      contents={<TabContents work={<WorkPage />} />}
      docked={<TabDock />}
      waiting={
        <>
          <DialPad />
          <QueueFigures />
          <DispatchPanel />
          <MonitorPanel />
        </>
      }
      messages={
        <>
          <Notices />
          <FloatingTabs />
        </>
      }
    />
  );
};
