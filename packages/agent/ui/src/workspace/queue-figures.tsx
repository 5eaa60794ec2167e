import { Group, Text } from '@mantine/core';
import { useTexts, useWindowState } from './context.ts';
import { Panel } from './panel.tsx';

export const QueueFigures = () => {
  const texts = useTexts();
  const { agent } = useWindowState();
  const figures = [...(agent?.realTime ?? [])].sort((a, b) =>
    a.ServiceGroupName.localeCompare(b.ServiceGroupName),
  );
  return (
    <Panel title={texts.queues.title}>
      {figures.length === 0 && (
        <Text size="sm" className="quiet">
          {texts.queues.none}
        </Text>
      )}
      {figures.map(each => (
        <Group key={each.ServiceGroupID} justify="space-between" wrap="nowrap">
          <span className="grow">{each.ServiceGroupName}</span>
          <Text className="numbers" fw={each.CallsInQueue > 0 ? 700 : 400}>
            {each.CallsInQueue} {texts.queues.waiting}
          </Text>
        </Group>
      ))}
    </Panel>
  );
};
