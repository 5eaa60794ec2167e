import { Alert, Button, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { usePreferences } from '../settings/preference-context.tsx';
import { reasonText } from '../texts/texts.ts';
import { useDesk, useTexts, useWindowState } from '../workspace/context.ts';
import { Panel } from '../workspace/panel.tsx';
import './diagnostics.css';
import { type Bundle, fetchBundle } from './fetch-bundle.ts';
import { saveFile } from './save-file.ts';
import { describeWindow } from './window-description.ts';

type Progress =
  | { type: 'none' }
  | { type: 'making' }
  | { type: 'made'; bundle: Bundle }
  | { type: 'failed'; reason: string };

/** A file for whoever helps: made by one click, looked at, and saved by another. */
export const SupportSection = () => {
  const texts = useTexts();
  const { settings, diagnostics } = texts;
  const desk = useDesk();
  const state = useWindowState();
  const preferences = usePreferences();
  const [progress, setProgress] = useState<Progress>({ type: 'none' });
  const make = async () => {
    setProgress({ type: 'making' });
    setProgress(await fetchBundle(desk.read, describeWindow(state, preferences)));
  };
  return (
    <Panel title={settings.names.support}>
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{diagnostics.bundleHint}</Text>
        <Button onClick={() => void make()} disabled={progress.type === 'making'}>
          {diagnostics.makeBundle}
        </Button>
        <div role="status">
          {progress.type === 'making' && <Text>{diagnostics.making}</Text>}
          {progress.type === 'made' && <Text>{diagnostics.lookAtIt}</Text>}
        </div>
        <div role="alert">
          {progress.type === 'failed' && (
            <Alert color="red" variant="outline">
              {reasonText(texts, progress.reason)}
            </Alert>
          )}
        </div>
      </Stack>
      {progress.type === 'made' && <BundleContents bundle={progress.bundle} />}
    </Panel>
  );
};

const kilobytes = (bytes: number): string => `${(bytes / 1_000).toLocaleString([...navigator.languages])} kB`;

const BundleContents = ({ bundle }: { bundle: Bundle }) => {
  const { diagnostics } = useTexts();
  return (
    <Stack gap="xs" mt="sm">
      {bundle.parts.map(({ name, bytes, shown }) => (
        <details key={name}>
          <summary>{`${name} (${kilobytes(bytes)})`}</summary>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard */}
          <pre className="bundle-part" tabIndex={0}>
            {shown}
          </pre>
        </details>
      ))}
      <div>
        <Button onClick={() => saveFile(bundle.fileName, 'application/zip', bundle.content)}>
          {`${diagnostics.saveBundle} (${kilobytes(bundle.bytes)})`}
        </Button>
      </div>
    </Stack>
  );
};
