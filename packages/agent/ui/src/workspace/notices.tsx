import { Alert } from '@mantine/core';
import { methodText, reasonText } from '../texts/texts.ts';
import { useDesk, useTexts, useWindowState } from './context.ts';

/** What was refused, and why. */
export const Notices = () => {
  const texts = useTexts();
  const { store } = useDesk();
  const { notices } = useWindowState();
  return (
    <div role="alert" className="notices" aria-label={texts.notices.title}>
      {notices.map(({ number, method, reason }) => (
        <Alert
          key={number}
          color="red"
          variant="outline"
          className="notice"
          p="xs"
          withCloseButton
          closeButtonLabel={texts.notices.close}
          onClose={() => store.dispatch({ type: 'dismissed', number })}
        >
          {methodText(texts, method)}: {reasonText(texts, reason)}
        </Alert>
      ))}
    </div>
  );
};
