import { callInFocus } from '../state/window-state.ts';
import { CallCodes } from './call-codes.tsx';
import { CallFacts } from './call-facts.tsx';
import { CallNotes } from './call-notes.tsx';
import { useWindowState } from './context.ts';
import { HistoryPanel } from './history-panel.tsx';

/** The first tab of the main area: everything that is known of the session in focus. */
export const WorkPage = () => {
  const call = callInFocus(useWindowState());
  if (!call) return null;
  return (
    <div className="work-page">
      <CallFacts call={call} />
      {call.CallInfo.GroupName !== '' && <CallCodes call={call} />}
      <CallNotes call={call} />
      <HistoryPanel call={call} />
    </div>
  );
};
