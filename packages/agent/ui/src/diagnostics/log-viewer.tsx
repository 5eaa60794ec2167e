import { Button, Group, NativeSelect, Text, TextInput } from '@mantine/core';
import { type RefObject, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { useDesk, useTexts } from '../workspace/context.ts';
import { followLog, type LogFollower, type LogView } from './log-follower.ts';
import { isShown, type LogFilter, type LogLine, noFilter } from './log-line.ts';
import { LogRows } from './log-rows.tsx';
import { saveFile } from './save-file.ts';

const nothingRead: LogView = { lines: [], more: false, paused: false };

const useLog = (): { view: LogView; follower: RefObject<LogFollower | null> } => {
  const desk = useDesk();
  const follower = useRef<LogFollower | null>(null);
  const [view, setView] = useState(nothingRead);
  useEffect(() => {
    const following = followLog({
      request: desk.read,
      rest: () => new Promise(resolve => setTimeout(resolve, 150)),
    });
    follower.current = following;
    const stop = following.subscribe(() => setView(following.get()));
    return () => {
      stop();
      following.close();
      follower.current = null;
    };
  }, [desk]);
  return { view, follower };
};

/** Agent.log as it is written: what stands in the file, and nothing else. */
export const LogViewer = () => {
  const { diagnostics } = useTexts();
  const { view, follower } = useLog();
  const [filter, setFilter] = useState<LogFilter>(noFilter);
  const [chosen, setChosen] = useState<number | null>(null);
  const settled = useDeferredValue(filter);
  const shown = useMemo(() => view.lines.filter(line => isShown(line, settled)), [view.lines, settled]);
  const line = shown.find(each => each.at === chosen) ?? null;
  const change = (part: Partial<LogFilter>) => setFilter({ ...filter, ...part });
  return (
    <>
      <Group gap="xs" align="end" mb="xs">
        <NativeSelect
          label={diagnostics.upToLevel}
          value={`${filter.level}`}
          onChange={event => change({ level: Number(event.currentTarget.value) })}
          data={['1', '2', '3', '4', '5', '6', '7']}
        />
        <NativeSelect
          label={diagnostics.direction}
          value={filter.direction}
          onChange={event => change({ direction: event.currentTarget.value })}
          data={[
            { value: '', label: diagnostics.any },
            ...Object.entries(diagnostics.directions).map(([value, label]) => ({ value, label })),
          ]}
        />
        <TextInput
          label={diagnostics.client}
          value={filter.client}
          maxLength={128}
          onChange={event => change({ client: event.currentTarget.value })}
        />
        <TextInput
          label={diagnostics.contains}
          value={filter.text}
          maxLength={256}
          onChange={event => change({ text: event.currentTarget.value })}
        />
        <Button
          variant="default"
          aria-pressed={view.paused}
          onClick={() => follower.current?.pause(!view.paused)}
        >
          {view.paused ? diagnostics.goOn : diagnostics.pause}
        </Button>
        <Button variant="default" disabled={!view.more} onClick={() => void follower.current?.older()}>
          {diagnostics.older}
        </Button>
        <Button variant="default" onClick={() => saveFile('Agent.log.txt', 'text/plain', textOf(shown))}>
          {diagnostics.export}
        </Button>
      </Group>
      <Text size="sm" className="quiet numbers" mb={4}>
        {`${shown.length} / ${view.lines.length} ${diagnostics.lines}`}
      </Text>
      <LogRows
        lines={shown}
        chosen={chosen}
        onChoose={setChosen}
        following={!view.paused && chosen === null}
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard */}
      <section className="log-detail" tabIndex={0} aria-label={diagnostics.wholeLine}>
        {line ? <code>{line.text}</code> : <Text className="quiet">{diagnostics.chooseLine}</Text>}
      </section>
      <Text size="sm" className="quiet" mt="xs">
        {diagnostics.seenHint}
      </Text>
    </>
  );
};

const textOf = (lines: readonly LogLine[]): string => lines.map(each => `${each.text}\n`).join('');
