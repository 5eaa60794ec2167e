import type { ICall } from '@cordboard/contract';
import { Button, Textarea } from '@mantine/core';
import { useDesk, useTexts, useWindowState } from './context.ts';
import { Panel } from './panel.tsx';

/** The private data of a call: notes that travel with it. What is not saved stays while the call is there. */
export const CallNotes = ({ call }: { call: ICall }) => {
  const texts = useTexts();
  const desk = useDesk();
  const draft = useWindowState().drafts[call.ID];
  const write = (text: string | null) => desk.store.dispatch({ type: 'drafted', callId: call.ID, text });
  const save = (text: string) =>
    desk.ask(async client => {
      const saved = await client.setPrivateData(call.ID, text);
      if (saved && desk.store.get().drafts[call.ID] === text) write(null);
      return saved;
    });
  return (
    <Panel title={texts.call.privateData}>
      <Textarea
        aria-label={texts.call.privateData}
        data-place="notes"
        value={draft ?? call.PrivateData}
        onChange={event => write(event.currentTarget.value)}
        maxLength={4_096}
        autosize
        minRows={2}
        maxRows={10}
      />
      <Button
        mt="xs"
        size="xs"
        variant="default"
        disabled={draft === undefined || draft === call.PrivateData}
        onClick={() => draft !== undefined && save(draft)}
      >
        {texts.call.save}
      </Button>
    </Panel>
  );
};
