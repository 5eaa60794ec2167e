import type { ReactNode } from 'react';
import { Columns } from './columns.tsx';
import { useTexts } from './context.ts';

export interface LayoutPlaces {
  /** one line: who works here, what does not work, buttons */
  header: ReactNode;
  /** left: readiness and the sessions */
  sessions: ReactNode;
  /** middle, always there whatever tab is chosen: the session in focus and its controls */
  call: ReactNode;
  /** middle: the names of the tabs; nothing while there is only the work page */
  strip: ReactNode;
  /** middle: the chosen tab */
  contents: ReactNode;
  /** at the right, the left or below, as the agent wants it: what is docked. It stays where it is in the page, or its pages were loaded again */
  docked: ReactNode;
  /** right: dialling, queues, what waits */
  waiting: ReactNode;
  /** over the page, so that nothing moves when they come */
  messages: ReactNode;
}

/**
 *   wide:  header                         docked beside another program (400 px): one column in the order
 *          sessions | call    | docked    header, call, sessions, strip and contents, docked, waiting;
 *                   | strip   | waiting   the buttons of the call stay at the lower edge
 *                   | contents|
 *          with the docked above the sessions, or below all three
 */
export const Layout = (places: LayoutPlaces) => {
  const texts = useTexts();
  return (
    <div className="workspace">
      {places.header}
      <Columns>
        <nav aria-label={texts.sessions.title} className="column sessions-column">
          {places.sessions}
        </nav>
        <main className="column main-column">
          {places.call}
          {places.strip}
          <div className="contents">{places.contents}</div>
        </main>
        {places.docked}
        <aside aria-label={texts.dispatch.title} className="column waiting-column">
          {places.waiting}
        </aside>
      </Columns>
      <div className="messages">{places.messages}</div>
    </div>
  );
};
