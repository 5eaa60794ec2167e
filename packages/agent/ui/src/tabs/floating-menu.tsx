import { ActionIcon, Menu } from '@mantine/core';
import { MoveIcon } from '@radix-ui/react-icons';
import { useTexts } from '../workspace/context.ts';
import {
  corners,
  type FloatingPlace,
  floatingStep,
  grownBy,
  inCorner,
  type Screen,
} from './floating-place.ts';

/** Moves a floating tab and changes its size without dragging it (WCAG 2.2 §2.5.7). */
export const FloatingMenu = ({
  place,
  screen,
  onPut,
}: {
  place: FloatingPlace;
  screen: Screen;
  onPut(place: FloatingPlace | null): void;
}) => {
  const texts = useTexts().tabs;
  const more = 3 * floatingStep;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" size="sm" aria-label={texts.place}>
          <MoveIcon />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {corners.map(corner => (
          <Menu.Item key={corner} onClick={() => onPut(inCorner(place, corner, screen))}>
            {texts.corners[corner]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item closeMenuOnClick={false} onClick={() => onPut(grownBy(place, more, more))}>
          {texts.larger}
        </Menu.Item>
        <Menu.Item closeMenuOnClick={false} onClick={() => onPut(grownBy(place, -more, -more))}>
          {texts.smaller}
        </Menu.Item>
        <Menu.Item onClick={() => onPut(null)}>{texts.usualPlace}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
};
