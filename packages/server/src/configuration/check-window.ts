import type { Finding, ValuePath } from './problem.ts';
import type { SiteSection } from './schema.ts';

/** What refers to a user or a group that there is not, and URLs and origins that browsers would read otherwise. */
export function checkWindow(site: SiteSection, at: ValuePath): Finding[] {
  const { tabs, pages } = site;
  const idsOf = (list: readonly { id: number }[]) => new Set(list.map(each => each.id));
  const unknown = (id: number, known: ReadonlySet<number>, what: string, path: ValuePath): Finding[] =>
    id === 0 || known.has(id) ? [] : [{ path, message: `expected the id of ${what}, found ${id}` }];
  const [users, agentGroups, serviceGroups] = [
    idsOf(site.users),
    idsOf(site.agentGroups),
    idsOf(site.serviceGroups),
  ];
  const place = [...at, 'tabs'];
  return [
    ...checkUrl(tabs.default?.url, [...place, 'default', 'url']),
    ...tabs.personal.flatMap((each, index) => [
      ...unknown(each.user, users, 'a user', [...place, 'personal', index, 'user']),
      ...checkUrl(each.url, [...place, 'personal', index, 'url']),
    ]),
    ...tabs.groups.flatMap((each, index) => [
      ...unknown(each.agentGroup, agentGroups, 'an agent group', [...place, 'groups', index, 'agentGroup']),
      ...checkUrl(each.url, [...place, 'groups', index, 'url']),
    ]),
    ...tabs.actions.flatMap((each, index) => [
      ...unknown(each.serviceGroup, serviceGroups, 'a service group', [
        ...place,
        'actions',
        index,
        'serviceGroup',
      ]),
      ...checkUrl(each.url.replaceAll(/\{[^{}]*\}/g, 'x'), [...place, 'actions', index, 'url']),
    ]),
    ...checkOrigins(pages, [...at, 'pages']),
  ];
}

const checkUrl = (url: string | undefined, path: ValuePath): Finding[] =>
  url === undefined || URL.canParse(url)
    ? []
    : [{ path, message: `expected a URL that browsers understand, found ${url}` }];

/** As a browser writes an origin: it is compared letter by letter. */
function checkOrigins(pages: SiteSection['pages'], at: ValuePath): Finding[] {
  const seen = new Set<string>();
  return pages.flatMap(({ origin }, index): Finding[] => {
    const path = [...at, index, 'origin'];
    const written = URL.canParse(origin) ? new URL(origin).origin : null;
    if (written !== origin)
      return [{ path, message: `expected ${written ?? 'an origin'} as browsers write it, found ${origin}` }];
    if (seen.has(origin)) return [{ path, message: `expected another origin: ${origin} was there already` }];
    seen.add(origin);
    return [];
  });
}
