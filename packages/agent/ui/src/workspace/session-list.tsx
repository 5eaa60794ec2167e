import { SessionState } from '@cordboard/contract';
import { Button, NavLink, Text } from '@mantine/core';
import { callInFocus } from '../state/window-state.ts';
import { duration, stateText } from '../texts/texts.ts';
import { useDesk, useNow, useTexts, useWindowState } from './context.ts';
import { Panel } from './panel.tsx';

export const SessionList = () => {
  const texts = useTexts();
  const desk = useDesk();
  const { store } = desk;
  const state = useWindowState();
  const now = useNow();
  const calls = state.agent?.calls ?? [];
  const focus = callInFocus(state);
  const ringing = calls.filter(call => call.State === SessionState.Offered);
  return (
    <Panel title={texts.sessions.title}>
      <div className="announcement" role="status" aria-live="assertive">
        {ringing.map(call => `${texts.sessions.ringing}: ${call.CallerName || call.PhoneNumber}. `)}
      </div>
      <div className="announcement" role="status">
        {calls
          .filter(call => call.State !== SessionState.Offered)
          .map(call => (
            <span key={call.ID}>
              {stateText(texts, call)}: {call.CallerName || call.PhoneNumber}.{' '}
            </span>
          ))}
      </div>
      {calls.length === 0 && (
        <Text size="sm" className="quiet">
          {texts.sessions.none}
        </Text>
      )}
      {calls.map(call => (
        <div key={call.ID} className="session-row">
          <NavLink
            component="button"
            className={call.State === SessionState.Offered ? 'ringing' : ''}
            active={call.ID === focus?.ID}
            aria-current={call.ID === focus?.ID}
            color="gray"
            variant="light"
            label={call.CallerName || call.PhoneNumber || texts.call.unknown}
            description={`${stateText(texts, call)} · ${duration(now - (state.stateSince[call.ID]?.at ?? now))}`}
            classNames={{ description: 'quiet' }}
            onClick={() => store.dispatch({ type: 'chosen', callId: call.ID })}
          />
          {call.CanAnswer && call.ID !== focus?.ID && (
            <Button
              size="compact-sm"
              color="#237032"
              onClick={() => desk.ask(client => client.answerCall(call.ID))}
            >
              {texts.actions.answer}
            </Button>
          )}
        </div>
      ))}
    </Panel>
  );
};
