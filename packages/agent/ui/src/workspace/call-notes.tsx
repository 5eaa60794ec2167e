import type { ICall } from '@cordboard/contract';
import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useDesk, useTexts } from './context.ts';
import { Panel } from './panel.tsx';

/** The private data of a call: notes that travel with it. */
export const CallNotes = ({ call }: { call: ICall }) => {
  const texts = useTexts();
  const desk = useDesk();
  const [edited, setEdited] = useState<string | null>(null);
  const save = (text: string) => {
    desk.ask(client => client.setPrivateData(call.ID, text));
    setEdited(null);
  };
  return (
    <Panel title={texts.call.privateData}>
      <Textarea
        aria-label={texts.call.privateData}
        value={edited ?? call.PrivateData}
        onChange={event => setEdited(event.currentTarget.value)}
        maxLength={4_096}
        autosize
        minRows={2}
        maxRows={10}
      />
      {edited !== null && edited !== call.PrivateData && (
        <Button mt="xs" size="xs" onClick={() => save(edited)}>
          {texts.call.save}
        </Button>
      )}
    </Panel>
  );
};
