import type { LogonPlace } from '@cordboard/contract';
import { Text } from '@mantine/core';
import { timeOfDay } from '../texts/texts.ts';
import { useTexts } from '../workspace/context.ts';

/** Where the agent is logged on instead, and since when; what taking over means. */
export const Elsewhere = ({ place }: { place: LogonPlace }) => {
  const { web, language } = useTexts();
  const where = web.at
    .replace('{form}', web.forms[place.form] ?? place.form)
    .replace('{address}', place.address)
    .replace('{time}', timeOfDay(place.since, [language]));
  return (
    <>
      <Text size="sm" fw={700} mt={4}>
        {where}
      </Text>
      <Text size="sm">{web.takeOverHint}</Text>
    </>
  );
};
