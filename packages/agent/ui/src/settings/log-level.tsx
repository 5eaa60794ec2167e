import { deskSettingsMethods, type LogLevelResult } from '@cordboard/contract';
import { NativeSelect, Text } from '@mantine/core';
import { useState } from 'react';
import { useDesk, useTexts, useWindowState } from '../workspace/context.ts';

/** The Diagnostic Log Level of the application that runs. */
export const LogLevel = () => {
  const { settings } = useTexts();
  const desk = useDesk();
  const { status } = useWindowState();
  const [kept, setKept] = useState(true);
  const choose = async (level: number) => {
    const answer = await desk.request(deskSettingsMethods.setLogLevel, { level });
    if (answer.ok) setKept((answer.value as LogLevelResult).kept);
  };
  return (
    <>
      <NativeSelect
        className="settings-field"
        label={settings.logLevel}
        description={settings.logLevelHint}
        value={`${status?.logLevel ?? 3}`}
        disabled={status === null}
        onChange={event => void choose(Number(event.currentTarget.value))}
        data={settings.logLevels.map((label, level) => ({ value: `${level}`, label: `${level} ${label}` }))}
      />
      <div role="status">{!kept && <Text size="sm">{settings.logLevelNotKept}</Text>}</div>
    </>
  );
};
