import { ActionIcon, Menu } from '@mantine/core';
import { LayoutIcon } from '@radix-ui/react-icons';
import { usePreferenceStore, usePreferences } from '../settings/preference-context.tsx';
import { useTexts } from '../workspace/context.ts';

const sides = ['right', 'left', 'bottom'] as const;

/** Where the docked tabs are, and how high, without dragging anything (WCAG 2.2 §2.5.7). */
export const DockMenu = ({ onResize }: { onResize(by: 1 | -1): void }) => {
  const texts = useTexts().tabs;
  const store = usePreferenceStore();
  const { dock } = usePreferences();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" size="sm" aria-label={texts.dockPlace}>
          <LayoutIcon />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {sides.map(side => (
          <Menu.Item key={side} aria-current={side === dock} onClick={() => store.set({ dock: side })}>
            {side === dock ? '✓ ' : ''}
            {texts.sides[side]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item closeMenuOnClick={false} onClick={() => onResize(1)}>
          {texts.higher}
        </Menu.Item>
        <Menu.Item closeMenuOnClick={false} onClick={() => onResize(-1)}>
          {texts.lower}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
};
