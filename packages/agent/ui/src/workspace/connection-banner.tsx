import { Alert } from '@mantine/core';
import { useTexts, useWindowState } from './context.ts';

/** What does not work now; nothing while all is well. */
export const ConnectionBanner = () => {
  const { connection } = useTexts();
  const { application, status, agent, catchingUp } = useWindowState();
  const troubles = [
    application === 'lost' ? connection.lost : null,
    application === 'open' && status?.connection !== 'attached' ? connection.broken : null,
    application === 'open' && catchingUp ? connection.catchingUp : null,
    agent && !agent.registered ? connection.phoneAbsent : null,
  ].filter(each => each !== null);
  return (
    <div role="status" className="banner">
      {troubles.map(each => (
        <Alert key={each} color="yellow" variant="outline" px="xs" py={4}>
          {each}
        </Alert>
      ))}
    </div>
  );
};
