import { type ConnectedProgram, deskMethods } from '@cordboard/contract';
import { timeOfDay } from '../texts/texts.ts';
import { useTexts } from '../workspace/context.ts';
import { ConnectedPanel } from './connected-panel.tsx';
import { PagesPanel } from './pages-panel.tsx';

export const ProgramsSection = () => (
  <>
    <ProgramsPanel />
    <PagesPanel />
  </>
);

const nameOf = ({ name, number }: ConnectedProgram) => `${name} #${number}`;

const ProgramsPanel = () => {
  const { settings } = useTexts();
  return (
    <ConnectedPanel<ConnectedProgram>
      title={settings.programs}
      hint={settings.programsHint}
      none={settings.noPrograms}
      methods={{ list: deskMethods.listPrograms, revoke: deskMethods.revokeProgram }}
      nameOf={nameOf}
      columns={[
        { title: settings.program, cell: nameOf },
        {
          title: settings.connectedAt,
          className: 'numbers',
          cell: each => timeOfDay(each.connectedAt, navigator.languages),
        },
      ]}
    />
  );
};
