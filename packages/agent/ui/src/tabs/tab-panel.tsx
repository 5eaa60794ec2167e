import type { DeskTab } from '@cordboard/contract';
import { Alert, Button, Text } from '@mantine/core';
import { useDesk, useTexts } from '../workspace/context.ts';
import { TabFrame } from './tab-frame.tsx';
import { openInWindow } from './tab-windows.ts';

/** The page of a tab, or why it cannot be shown here. A tab that is not shown keeps its page, with what was typed in it. */
export const TabPanel = ({ tab, shown }: { tab: DeskTab; shown: boolean }) => {
  const texts = useTexts().tabs;
  const desk = useDesk();
  return (
    <div
      role="tabpanel"
      id={`panel-${tab.key}`}
      aria-labelledby={`tab-${tab.key}`}
      className={shown ? 'tab-panel' : 'tab-panel tab-panel-behind'}
      inert={!shown}
    >
      {tab.framing === 'forbidden' && (
        <Alert color="gray" variant="outline" m="sm">
          <Text mb="sm">{texts.forbidden}</Text>
          <Button size="xs" onClick={() => openInWindow(desk, tab)}>
            {texts.openInWindow}
          </Button>
        </Alert>
      )}
      {tab.framing === 'unreachable' && (
        <Alert color="gray" variant="outline" m="sm">
          <Text mb="sm">{texts.unreachable}</Text>
          <Button size="xs" onClick={() => desk.tabs.reload(tab.key)}>
            {texts.tryAgain}
          </Button>
        </Alert>
      )}
      {(tab.framing === 'allowed' || tab.framing === 'unknown') && (
        <TabFrame key={`${tab.url} ${tab.load}`} tab={tab} />
      )}
    </div>
  );
};
