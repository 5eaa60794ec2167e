import { AudioSettings } from '../softphone/audio-settings.tsx';
import { useTexts } from '../workspace/context.ts';
import { Panel } from '../workspace/panel.tsx';

export const AudioSection = () => {
  const { settings } = useTexts();
  return (
    <Panel title={settings.names.audio}>
      <AudioSettings />
    </Panel>
  );
};
