import type { ICall } from '@cordboard/contract';
import { Progress } from '@mantine/core';
import { duration } from '../texts/texts.ts';
import { useNow, useTexts, useWindowState } from './context.ts';

/** How long the session stays in clerical state yet, as the site says. */
export const ClericalCountdown = ({ call }: { call: ICall }) => {
  const { clerical } = useTexts().workspace;
  const { agent, stateSince } = useWindowState();
  const now = useNow();
  const end = agent?.abilities.clerical?.find(each => each.id === call.ID);
  if (!end) return null;
  const until = Date.parse(end.until);
  const since = stateSince[call.ID]?.at ?? now;
  const left = Math.max(0, until - now);
  return (
    <div className="clerical">
      <Progress value={(100 * left) / Math.max(1, until - since)} aria-label={clerical.left} size="sm" />
      <span className="numbers" role="timer">
        {duration(left)}
      </span>{' '}
      {clerical.left}
    </div>
  );
};
