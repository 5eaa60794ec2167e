import { deskQueries, type QueueFigure } from '@cordboard/contract';
import { Skeleton, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { duration } from '../texts/texts.ts';
import { useTexts, useWindowState } from './context.ts';
import { Panel } from './panel.tsx';
import { Sparkline } from './sparkline.tsx';
import { useAnswer } from './use-answer.ts';

const every = 5_000;
/** five minutes */
const samplesKept = 60;

/** How many wait in each service group and how long, how that went, and how well it is answered. */
export const QueueFigures = () => {
  const texts = useTexts();
  const { agent, status } = useWindowState();
  const may = status?.privileges.includes('realTimeInformation') === true;
  const answer = useAnswer<QueueFigure[]>({
    method: may ? deskQueries.queueFigures : null,
    parameters: '{}',
    every,
  });
  const figures = answer.type === 'here' ? answer.value : null;
  const course = useCourse(figures);
  if (!agent || !may) return null;
  // what events tell is newer than what was asked for
  const told = new Map(agent.realTime.map(each => [each.ServiceGroupID, each.CallsInQueue]));
  return (
    <Panel title={texts.queues.title}>
      {figures === null && <Skeleton height="3rem" />}
      {figures?.length === 0 && (
        <Text size="sm" className="quiet">
          {texts.queues.none}
        </Text>
      )}
      {figures?.map(each => (
        <QueueRow
          key={each.id}
          figure={{ ...each, waiting: told.get(each.id) ?? each.waiting }}
          course={course.get(each.id) ?? []}
        />
      ))}
    </Panel>
  );
};

/** The waiting calls of each group, as they were told one after the other. */
const useCourse = (figures: QueueFigure[] | null): ReadonlyMap<number, readonly number[]> => {
  const [course, setCourse] = useState<ReadonlyMap<number, readonly number[]>>(new Map());
  useEffect(() => {
    if (figures === null) return;
    setCourse(
      before =>
        new Map(
          figures.map(({ id, waiting }) => [id, [...(before.get(id) ?? []), waiting].slice(-samplesKept)]),
        ),
    );
  }, [figures]);
  return course;
};

const QueueRow = ({ figure, course }: { figure: QueueFigure; course: readonly number[] }) => {
  const { queues } = useTexts().workspace;
  const { name, waiting, longestWaitSeconds, available, serviceLevel } = figure;
  return (
    <div className="queue-row">
      <span className="grow">{name}</span>
      <Sparkline values={course} label={`${queues.course}: ${name}`} />
      <span className={waiting > 0 ? 'numbers queue-waits' : 'numbers'}>
        {waiting} {queues.waiting}
      </span>
      <span className="queue-more quiet numbers">
        {waiting > 0 && `${queues.longest} ${duration(longestWaitSeconds * 1_000)} · `}
        {available} {queues.free}
        {serviceLevel !== null && (
          <span title={queues.level}>
            {' · '}
            <meter min={0} max={100} value={serviceLevel} aria-label={queues.level} /> {serviceLevel} %
          </span>
        )}
      </span>
    </div>
  );
};
