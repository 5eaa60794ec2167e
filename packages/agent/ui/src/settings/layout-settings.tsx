import { Button, NativeSelect, Slider, Stack, Text } from '@mantine/core';
import { type ColumnName, columnRanges, useColumn } from '../workspace/columns.tsx';
import { useTexts } from '../workspace/context.ts';
import { Panel } from '../workspace/panel.tsx';
import { usePreferenceStore, usePreferences } from './preference-context.tsx';
import type { Preferences } from './preferences.ts';

/** What can be dragged in the window, to be set without dragging (WCAG 2.2 §2.5.7). */
export const LayoutSettings = () => {
  const { tabs, workspace } = useTexts();
  const store = usePreferenceStore();
  const { dock } = usePreferences();
  return (
    <Panel title={workspace.layout.title}>
      <Stack gap="sm" className="settings-field">
        <ColumnWidth name="sessions" label={workspace.layout.sessionsWidth} />
        <ColumnWidth name="waiting" label={workspace.layout.waitingWidth} />
        <NativeSelect
          label={tabs.dockPlace}
          value={dock}
          onChange={event => store.set({ dock: event.currentTarget.value as Preferences['dock'] })}
          data={(['right', 'left', 'bottom'] as const).map(value => ({ value, label: tabs.sides[value] }))}
        />
        <Button variant="default" onClick={() => store.set({ dock: 'right', places: {} })}>
          {workspace.layout.usual}
        </Button>
      </Stack>
    </Panel>
  );
};

const ColumnWidth = ({ name, label }: { name: ColumnName; label: string }) => {
  const column = useColumn(name);
  const { least, most, step } = columnRanges[name];
  return (
    <div>
      <Text size="sm" fw={500} aria-hidden>
        {label}
      </Text>
      <Slider
        thumbLabel={label}
        label={null}
        min={least}
        max={most}
        step={step}
        value={column.size}
        onChange={column.show}
        onChangeEnd={column.put}
      />
    </div>
  );
};
