import type { ICall } from '@cordboard/contract';
import { Progress } from '@mantine/core';
import { clericalTime } from '../state/clerical-time.ts';
import { duration } from '../texts/texts.ts';
import { useDesk, useServerNow, useTexts, useWindowState } from './context.ts';

/** How long the session stays in clerical state yet, as the site says. */
export const ClericalCountdown = ({ call }: { call: ICall }) => {
  const { clerical } = useTexts().workspace;
  const { serverClock } = useDesk();
  const { agent, stateSince } = useWindowState();
  const now = useServerNow();
  const end = agent?.abilities.clerical?.find(each => each.id === call.ID);
  if (!end) return null;
  const begun = stateSince[call.ID];
  const since = begun ? begun.at + serverClock.offset() : now;
  const { left, percent } = clericalTime(end.until, since, now);
  return (
    <div className="clerical">
      <Progress value={percent} aria-label={clerical.left} size="sm" />
      <span className="numbers" role="timer">
        {duration(left)}
      </span>{' '}
      {clerical.left}
    </div>
  );
};
