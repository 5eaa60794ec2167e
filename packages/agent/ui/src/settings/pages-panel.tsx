import { type ConnectedPage, deskTabMethods } from '@cordboard/contract';
import { PageRightsList } from '../tabs/page-rights-list.tsx';
import { useTexts } from '../workspace/context.ts';
import { ConnectedPanel } from './connected-panel.tsx';

/** Pages of tabs that are connected, each with what it may do. */
export const PagesPanel = () => {
  const { settings } = useTexts();
  return (
    <ConnectedPanel<ConnectedPage>
      title={settings.pagesOfTabs}
      hint={settings.pagesHint}
      none={settings.noPages}
      methods={{ list: deskTabMethods.listPages, revoke: deskTabMethods.revokePage }}
      nameOf={page => page.origin}
      columns={[
        {
          title: settings.page,
          className: 'fact',
          cell: page => (
            <>
              {page.tab}
              <br />
              {page.origin}
            </>
          ),
        },
        { title: settings.rights, cell: page => <PageRightsList {...page.rights} /> },
      ]}
    />
  );
};
