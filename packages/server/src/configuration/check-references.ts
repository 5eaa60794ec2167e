import { checkFlows } from './check-flows.ts';
import { checkWindow } from './check-window.ts';
import { checkNumberPattern, groupsNamed } from './number-pattern.ts';
import type { Finding, ValuePath } from './problem.ts';
import type { ConfigurationFile, SiteSection } from './schema.ts';

/** What a JSON Schema cannot say: everything that refers to something else, or must be there once. */
export function checkReferences(file: ConfigurationFile): Finding[] {
  return [
    ...checkGateway(file),
    ...repeated(file.sites, ['sites'], 'id', site => site.id),
    ...file.sites.flatMap((site, index) => checkSite(site, ['sites', index])),
  ];
}

function checkGateway({ gateway }: ConfigurationFile): Finding[] {
  if (gateway.tls || gateway.allowPlainHttp || isLoopback(gateway.listen)) return [];
  return [
    {
      path: ['gateway', 'listen'],
      message: `expected gateway.tls for an address beyond loopback: passwords would pass in the clear (with a proxy in front that does TLS, set allowPlainHttp: true)`,
    },
  ];
}

const isLoopback = (address: string): boolean => /^(127(\.\d{1,3}){3}|localhost|\[::1\]):\d+$/.test(address);

function checkSite(site: SiteSection, at: ValuePath): Finding[] {
  return [
    ...checkUniqueness(site, at),
    ...checkNumbers(site, at),
    ...checkUsers(site, at),
    ...checkServiceGroups(site, at),
    ...site.templates.flatMap((template, index) =>
      unknownIds([template.tenant], idsOf(site.tenants), 'a tenant', () => [
        ...at,
        'templates',
        index,
        'tenant',
      ]),
    ),
    ...checkTranslation(site, at),
    ...checkFlows(site, at),
    ...checkWindow(site, at),
  ];
}

const caseless = (text: string): string => text.trim().toLowerCase();

function checkUniqueness(site: SiteSection, at: ValuePath): Finding[] {
  return [
    ...repeated(site.tenants, [...at, 'tenants'], 'id', each => each.id),
    ...repeated(site.users, [...at, 'users'], 'id', each => each.id),
    ...repeated(site.users, [...at, 'users'], 'logonId', each => caseless(each.logonId)),
    ...repeated(site.agentGroups, [...at, 'agentGroups'], 'id', each => each.id),
    ...repeated(site.agentGroups, [...at, 'agentGroups'], 'name', each => caseless(each.name)),
    ...repeated(site.serviceGroups, [...at, 'serviceGroups'], 'id', each => each.id),
    ...repeated(site.serviceGroups, [...at, 'serviceGroups'], 'name', each => caseless(each.name)),
    ...repeated(site.notReadyReasons, [...at, 'notReadyReasons'], 'id', each => each.id),
    ...repeated(site.notReadyReasons, [...at, 'notReadyReasons'], 'name', each => caseless(each.name)),
    ...repeated(site.cqCodes, [...at, 'cqCodes'], 'id', each => each.id),
    ...repeated(site.cqCodes, [...at, 'cqCodes'], 'code', each => caseless(each.code)),
    ...repeated(site.templates, [...at, 'templates'], 'id', each => each.id),
    ...repeated(site.flows, [...at, 'flows'], 'name', each => each.name),
    ...repeated(site.openingHours, [...at, 'openingHours'], 'name', each => each.name),
    ...repeated(site.trunks, [...at, 'trunks'], 'name', each => caseless(each.name)),
  ];
}

/** Each value that an earlier entry of the list has too. */
function repeated<T>(
  list: readonly T[],
  at: ValuePath,
  property: string,
  keyOf: (item: T) => string | number,
): Finding[] {
  const first = new Map<string | number, number>();
  return list.flatMap((item, index) => {
    const key = keyOf(item);
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, index);
    return earlier === undefined
      ? []
      : [
          {
            path: [...at, index, property],
            message: `expected another ${property} than that of entry ${earlier + 1} of the list, found ${key} again`,
          },
        ];
  });
}

/** A number that somebody dials leads to one place. */
function checkNumbers(site: SiteSection, at: ValuePath): Finding[] {
  const places: { number: string; what: string; path: ValuePath }[] = [
    ...site.extensions.map((each, index) => ({
      number: each.number,
      what: 'an extension',
      path: [...at, 'extensions', index, 'number'],
    })),
    ...site.serviceGroups.flatMap((each, index) =>
      each.numbers.map((number, position) => ({
        number,
        what: `service group ${each.name}`,
        path: [...at, 'serviceGroups', index, 'numbers', position],
      })),
    ),
    ...site.flows.flatMap((each, index) =>
      each.numbers.map((number, position) => ({
        number,
        what: `flow ${each.name}`,
        path: [...at, 'flows', index, 'numbers', position],
      })),
    ),
    ...(site.authentication === undefined
      ? []
      : [
          {
            number: site.authentication.number,
            what: 'the authentication',
            path: [...at, 'authentication', 'number'],
          },
        ]),
    ...site.emergencyNumbers.map((number, index) => ({
      number,
      what: 'an emergency number',
      path: [...at, 'emergencyNumbers', index],
    })),
  ];
  const first = new Map<string, string>();
  return places.flatMap(({ number, what, path }) => {
    const earlier = first.get(number);
    if (earlier === undefined) first.set(number, what);
    return earlier === undefined
      ? []
      : [{ path, message: `expected a number that is nothing else yet: ${number} is ${earlier} already` }];
  });
}

function checkUsers(site: SiteSection, at: ValuePath): Finding[] {
  const extensions = new Set(site.extensions.map(each => each.number));
  const groups = idsOf(site.agentGroups);
  const tenants = idsOf(site.tenants);
  const voice = idsOf(site.serviceGroups.filter(each => each.media === 'voice'));
  return site.users.flatMap((user, index) => {
    const here = [...at, 'users', index];
    const missing: Finding[] =
      user.extension !== '' && !extensions.has(user.extension)
        ? [
            {
              path: [...here, 'extension'],
              message: `expected one of this site's extensions, found ${user.extension}`,
            },
          ]
        : [];
    return [
      ...missing,
      ...unknownIds(user.agentGroups, groups, 'an agent group', position => [
        ...here,
        'agentGroups',
        position,
      ]),
      ...unknownIds([user.tenant], tenants, 'a tenant', () => [...here, 'tenant']),
      ...unknownIds(
        [user.personalQueue].filter(each => each !== 0),
        voice,
        'a voice service group',
        () => [...here, 'personalQueue'],
      ),
    ];
  });
}

function checkServiceGroups(site: SiteSection, at: ValuePath): Finding[] {
  const groups = idsOf(site.agentGroups);
  const tenants = idsOf(site.tenants);
  const codes = idsOf(site.cqCodes);
  return site.serviceGroups.flatMap((group, index) => {
    const here = [...at, 'serviceGroups', index];
    const tooLong: Finding[] =
      group.clericalSeconds > site.timers.maximumClericalSeconds
        ? [
            {
              path: [...here, 'clericalSeconds'],
              message: `expected at most timers.maximumClericalSeconds (${site.timers.maximumClericalSeconds}), found ${group.clericalSeconds}`,
            },
          ]
        : [];
    return [
      ...tooLong,
      ...unknownIds(group.agentGroups, groups, 'an agent group', position => [
        ...here,
        'agentGroups',
        position,
      ]),
      ...unknownIds(group.cqCodes, codes, 'a CQ code', position => [...here, 'cqCodes', position]),
      ...unknownIds([group.tenant], tenants, 'a tenant', () => [...here, 'tenant']),
    ];
  });
}

const idsOf = (list: readonly { id: number }[]): Set<number> => new Set(list.map(each => each.id));

/** Long lists of what is known help nobody. */
const shownIds = 20;

function unknownIds(
  ids: readonly number[],
  known: ReadonlySet<number>,
  what: string,
  pathOf: (position: number) => ValuePath,
): Finding[] {
  return ids.flatMap((id, position) => {
    if (known.has(id)) return [];
    const list = [...known].slice(0, shownIds).join(', ') || 'there is none';
    return [{ path: pathOf(position), message: `expected the id of ${what} (${list}), found ${id}` }];
  });
}

function checkTranslation(site: SiteSection, at: ValuePath): Finding[] {
  return [
    ...checkNumberRules(site.numberTranslation, [...at, 'numberTranslation']),
    ...site.trunks.flatMap(({ numbers }, index) =>
      checkNumberRules(numbers, [...at, 'trunks', index, 'numbers']),
    ),
  ];
}

function checkNumberRules(rules: SiteSection['numberTranslation'], at: ValuePath): Finding[] {
  return rules.flatMap((rule, index): Finding[] => {
    const here = [...at, index];
    const result = checkNumberPattern(rule.pattern);
    if (!result.ok) {
      return [
        {
          path: [...here, 'pattern'],
          message: `expected a regular expression that is safe for numbers: ${result.why}`,
        },
      ];
    }
    return groupsNamed(rule.replacement)
      .filter(group => group < 1 || group > result.groups)
      .map(group => ({
        path: [...here, 'replacement'],
        message: `expected a group of the pattern, which has ${result.groups}, found $${group}`,
      }));
  });
}
