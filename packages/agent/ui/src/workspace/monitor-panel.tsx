import { type DirectoryEntry, deskQueries } from '@cordboard/contract';
import { Button, Checkbox, Group, Skeleton, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useDesk, useTexts, useWindowState } from './context.ts';
import { DirectoryRow } from './destination-field.tsx';
import { Panel } from './panel.tsx';
import { useAnswer } from './use-answer.ts';

/** For supervisors: whom they listen to, and how; else whom they may listen to. */
export const MonitorPanel = () => {
  const { monitor } = useTexts().workspace;
  const { agent, status } = useWindowState();
  if (!agent || !status?.privileges.includes('monitor')) return null;
  return <Panel title={monitor.title}>{agent.abilities.monitoring ? <Listening /> : <ToListen />}</Panel>;
};

const Listening = () => {
  const { monitor } = useTexts().workspace;
  const desk = useDesk();
  const { agent } = useWindowState();
  const monitoring = agent?.abilities.monitoring;
  if (!monitoring) return null;
  const { agentName, listening, mode } = monitoring;
  return (
    <>
      <Text role="status">
        {listening ? monitor.hears : monitor.waits} {agentName}.{' '}
        {listening && mode === 'whisper' && `${monitor.whispering}.`}
      </Text>
      <Group mt="xs" gap="xs">
        {listening && mode === 'silent' && (
          <Button variant="default" onClick={() => desk.ask(client => client.setMonitorMode('whisper'))}>
            {monitor.whisper}
          </Button>
        )}
        {listening && (
          <Button variant="default" onClick={() => desk.ask(client => client.setMonitorMode('barge'))}>
            {monitor.barge}
          </Button>
        )}
        <Button color="red.9" onClick={() => desk.ask(client => client.stopMonitor())}>
          {monitor.stop}
        </Button>
      </Group>
    </>
  );
};

const ToListen = () => {
  const texts = useTexts();
  const { monitor, directory } = texts.workspace;
  const desk = useDesk();
  const [shown, setShown] = useState(false);
  const [text, setText] = useState('');
  const [continuous, setContinuous] = useState(false);
  const found = useAnswer<DirectoryEntry[]>({
    method: shown ? deskQueries.directory : null,
    parameters: JSON.stringify({ text: text.slice(0, 64) }),
    pause: 150,
  });
  if (!shown)
    return (
      <Button variant="default" onClick={() => setShown(true)}>
        {monitor.start}
      </Button>
    );
  const agents =
    found.type === 'here'
      ? found.value.filter(each => each.type === 'agent' && each.presence !== 'loggedOff')
      : [];
  return (
    <>
      <TextInput
        label={monitor.search}
        value={text}
        onChange={event => setText(event.currentTarget.value)}
        maxLength={64}
        autoFocus
      />
      <Checkbox
        mt="xs"
        label={monitor.continuous}
        checked={continuous}
        onChange={event => setContinuous(event.currentTarget.checked)}
      />
      {found.type === 'waiting' && <Skeleton height="2rem" mt="xs" />}
      {found.type === 'failed' && <Text className="quiet">{directory.notNow}</Text>}
      {found.type === 'here' && agents.length === 0 && <Text className="quiet">{directory.none}</Text>}
      <ul className="directory" aria-label={directory.results}>
        {agents.map(
          entry =>
            entry.type === 'agent' && (
              <li key={entry.logonId}>
                <DirectoryRow
                  entry={entry}
                  disabled={false}
                  onChoose={() => desk.ask(client => client.startMonitor(entry.logonId, continuous))}
                />
              </li>
            ),
        )}
      </ul>
    </>
  );
};
