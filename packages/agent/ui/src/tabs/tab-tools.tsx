import type { DeskTab } from '@cordboard/contract';
import { ActionIcon, Group, Kbd, Popover, Text } from '@mantine/core';
import {
  Cross2Icon,
  LockClosedIcon,
  LockOpen1Icon,
  OpenInNewWindowIcon,
  ReloadIcon,
} from '@radix-ui/react-icons';
import { useDesk, useTexts } from '../workspace/context.ts';
import { PageRightsList } from './page-rights-list.tsx';
import { paneKey } from './tab-keys.ts';
import { openInWindow } from './tab-windows.ts';
import { useTabs } from './use-tabs.ts';

/** What can be done with the tab that is shown, and what its page may do. */
export const TabTools = ({ tab }: { tab: DeskTab | undefined }) => {
  const texts = useTexts().tabs;
  const desk = useDesk();
  const { focused } = useTabs();
  if (!tab || tab.url === null) return null;
  return (
    <Group gap={4} wrap="nowrap" className="tab-tools">
      {focused === tab.key && (
        <Text size="xs" className="quiet tab-hint" component="span">
          {tab.rights ? (
            <>
              <Kbd size="xs">{paneKey}</Kbd> {texts.leave}
            </>
          ) : (
            texts.hasKeys
          )}
        </Text>
      )}
      <Shield tab={tab} />
      <ActionIcon
        variant="subtle"
        size="sm"
        aria-label={texts.reload}
        onClick={() => desk.tabs.reload(tab.key)}
      >
        <ReloadIcon />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        size="sm"
        aria-label={texts.openInWindow}
        onClick={() => openInWindow(desk, tab)}
      >
        <OpenInNewWindowIcon />
      </ActionIcon>
      {tab.closable && (
        <ActionIcon
          variant="subtle"
          size="sm"
          aria-label={texts.close}
          onClick={() => desk.tabs.close(tab.key)}
        >
          <Cross2Icon />
        </ActionIcon>
      )}
    </Group>
  );
};

const Shield = ({ tab }: { tab: DeskTab }) => {
  const texts = useTexts().tabs;
  const { origin, rights } = tab;
  return (
    <Popover position="bottom-end" width={320} withArrow trapFocus>
      <Popover.Target>
        <ActionIcon variant="subtle" size="sm" aria-label={texts.rights} color={rights ? 'blue' : 'gray'}>
          {rights ? <LockOpen1Icon /> : <LockClosedIcon />}
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <Text size="sm" fw={700} className="fact">
          {origin}
        </Text>
        {rights ? <PageRightsList {...rights} /> : <Text size="sm">{texts.noRights}</Text>}
      </Popover.Dropdown>
    </Popover>
  );
};
