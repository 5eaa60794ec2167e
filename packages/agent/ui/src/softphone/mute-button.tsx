import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { useTexts } from '../workspace/context.ts';
import { useSoftphone, useSoftphoneState } from './context.ts';

/** Pressed alone and outside of fields. */
export const muteKey = 'm';

const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('input:not([type=radio]), textarea, select') !== null;

/** The microphone of this page alone: the server knows nothing of it. */
export const MuteButton = () => {
  const texts = useTexts().softphone;
  const softphone = useSoftphone();
  const { muted, calls } = useSoftphoneState();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== muteKey || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      if (!isField(event.target) && softphone.state.get().calls > 0)
        softphone.mute(!softphone.state.get().muted);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [softphone]);
  return (
    <Button
      size="xs"
      variant={muted ? 'filled' : 'default'}
      color="red.9"
      disabled={calls === 0}
      aria-pressed={muted}
      aria-keyshortcuts={muteKey}
      title={muteKey}
      onClick={() => softphone.mute(!muted)}
    >
      {muted ? texts.unmute : texts.mute}
    </Button>
  );
};
