import { useRef, useState } from 'react';
import { CallView } from '../workspace/call-view.tsx';
import { ConnectionBanner } from '../workspace/connection-banner.tsx';
import { useTexts } from '../workspace/context.ts';
import { DialPad } from '../workspace/dial-pad.tsx';
import { DispatchPanel } from '../workspace/dispatch-panel.tsx';
import { Header } from '../workspace/header.tsx';
import { Notices } from '../workspace/notices.tsx';
import { QueueFigures } from '../workspace/queue-figures.tsx';
import { ReadyPanel } from '../workspace/ready-panel.tsx';
import { SessionList } from '../workspace/session-list.tsx';
import { ShortcutList } from '../workspace/shortcut-list.tsx';
import { useShortcuts } from '../workspace/shortcuts.ts';

/** Where the agent works: sessions at the left, the one in focus in the middle, what waits at the right. */
export const WorkspacePage = () => {
  const texts = useTexts();
  const [help, setHelp] = useState(false);
  const number = useRef<HTMLInputElement>(null);
  useShortcuts({ help: () => setHelp(shown => !shown), dial: () => number.current?.focus() });
  return (
    <div className="workspace">
      <Header onHelp={() => setHelp(true)} />
      <ConnectionBanner />
      <Notices />
      <div className="columns">
        <nav aria-label={texts.sessions.title} className="column">
          <ReadyPanel />
          <SessionList />
        </nav>
        <main className="column">
          {help ? <ShortcutList onClose={() => setHelp(false)} /> : <CallView />}
        </main>
        <aside aria-label={texts.dispatch.title} className="column">
          <DialPad inputRef={number} />
          <QueueFigures />
          <DispatchPanel />
        </aside>
      </div>
    </div>
  );
};
