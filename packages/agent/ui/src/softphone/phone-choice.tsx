import { Radio, Stack } from '@mantine/core';
import { useTexts } from '../workspace/context.ts';

/** With which phone the agent works. */
export const PhoneChoice = ({
  softphone,
  onChosen,
}: {
  softphone: boolean;
  onChosen(softphone: boolean): void;
}) => {
  const texts = useTexts().softphone;
  return (
    <Radio.Group
      label={texts.choice}
      value={softphone ? 'headset' : 'desk'}
      onChange={value => onChosen(value === 'headset')}
    >
      <Stack gap={6} mt={4}>
        <Radio value="headset" label={texts.headset} />
        <Radio value="desk" label={texts.deskPhone} />
      </Stack>
    </Radio.Group>
  );
};
