import { Button, Kbd, Table } from '@mantine/core';
import type { CallActionName } from '../state/call-actions.ts';
import { useTexts } from './context.ts';
import { Panel } from './panel.tsx';
import { callKeys, otherKeys } from './shortcuts.ts';

export const ShortcutList = ({ onClose }: { onClose(): void }) => {
  const texts = useTexts();
  const rows: [string, string][] = [
    ...Object.entries(callKeys).map(([name, key]): [string, string] => [
      key,
      texts.actions[name as CallActionName],
    ]),
    [otherKeys.dial, texts.shortcuts.dial],
    [otherKeys.ready, texts.shortcuts.ready],
    [otherKeys.help, texts.shortcuts.help],
  ];
  return (
    <Panel title={texts.shortcuts.title}>
      <Table>
        <Table.Tbody>
          {rows.map(([key, text]) => (
            <Table.Tr key={`${key} ${text}`}>
              <Table.Td w="5rem">
                <Kbd>{key}</Kbd>
              </Table.Td>
              <Table.Td>{text}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Button mt="sm" variant="default" onClick={onClose}>
        {texts.shortcuts.close}
      </Button>
    </Panel>
  );
};
