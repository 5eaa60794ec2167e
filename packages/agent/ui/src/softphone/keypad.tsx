import { Button, SimpleGrid } from '@mantine/core';
import { useDesk, useTexts } from '../workspace/context.ts';

const digits = [...'123456789*0#'];

/** Digits into the call that is spoken in, sent by the server. */
export const Keypad = () => {
  const texts = useTexts().softphone;
  const desk = useDesk();
  return (
    <SimpleGrid cols={3} spacing={6} role="group" aria-label={texts.digits}>
      {digits.map(digit => (
        <Button
          key={digit}
          variant="default"
          aria-label={texts.digit.replace('{digit}', digit)}
          onClick={() => desk.ask(client => client.enterDtmfActiveCall(digit))}
        >
          {digit}
        </Button>
      ))}
    </SimpleGrid>
  );
};
