import { isTimeZone } from '@cordboard/core';
import { findLoops } from './find-flow-loops.ts';
import type { FlowSection, FlowStepSection } from './flow-schema.ts';
import type { Finding, ValuePath } from './problem.ts';
import type { SiteSection } from './schema.ts';
import { kindsOf } from './to-flows.ts';

/** What flows, opening hours, waiting and authentication refer to must be there, and no caller may go round in circles. */
export function checkFlows(site: SiteSection, at: ValuePath): Finding[] {
  return [
    ...site.flows.flatMap((flow, index) => checkFlow(site, flow, [...at, 'flows', index])),
    ...site.openingHours.flatMap(({ timeZone, weekly }, index) =>
      checkHours({ timeZone, weekly }, [...at, 'openingHours', index]),
    ),
    ...site.serviceGroups.flatMap((group, index) => checkGroup(site, group, [...at, 'serviceGroups', index])),
    ...checkAuthentication(site, [...at, 'authentication']),
    ...findLoops(site, at),
  ];
}

const named = (list: readonly { name: string }[], name: string | undefined): boolean =>
  name === undefined || list.some(each => each.name === name);

const unknown = (path: ValuePath, what: string, found: string | number): Finding => ({
  path,
  message: `expected ${what} of this site, found ${found}`,
});

function checkFlow(site: SiteSection, flow: FlowSection, at: ValuePath): Finding[] {
  return flow.steps.flatMap((step, index) => {
    const here = [...at, 'steps', index];
    const kinds = kindsOf(step);
    if (kinds.length !== 1) {
      const found = kinds.join(' and ') || 'none';
      return [{ path: here, message: `expected one kind of step, like play or collect, found ${found}` }];
    }
    const earlier = flow.steps.findIndex(each => each.label === step.label);
    return [
      ...(step.label !== '' && earlier !== index
        ? [{ path: [...here, 'label'], message: `expected another label than that of step ${earlier + 1}` }]
        : []),
      ...targetsOf(step).flatMap(({ label, path }) =>
        label === '' || flow.steps.some(each => each.label === label)
          ? []
          : [
              {
                path: [...here, ...path],
                message: `expected the label of a step of this flow, found ${label}`,
              },
            ],
      ),
      ...checkStep(site, step, here),
    ];
  });
}

/** The labels that a step goes on to, and where they stand. */
function targetsOf(step: FlowStepSection): { label: string; path: ValuePath }[] {
  const { collect, branch } = step;
  const plain = (['play', 'setData', 'offerCallback', 'collect'] as const).flatMap(kind => {
    const label = step[kind]?.next;
    return label === undefined ? [] : [{ label, path: [kind, 'next'] }];
  });
  return [
    ...plain,
    ...(collect === undefined
      ? []
      : [
          { label: collect.otherwise, path: ['collect', 'otherwise'] },
          ...Object.entries(collect.menu).map(([digits, label]) => ({
            label,
            path: ['collect', 'menu', digits],
          })),
        ]),
    ...(branch === undefined
      ? []
      : [
          { label: branch.open, path: ['branch', 'open'] },
          { label: branch.closed, path: ['branch', 'closed'] },
        ]),
  ];
}

function checkStep(site: SiteSection, step: FlowStepSection, here: ValuePath): Finding[] {
  const { collect, branch, deflect } = step;
  const groups = (['queue', 'offerCallback'] as const).flatMap(kind => {
    const group = step[kind]?.group;
    return group === undefined || isVoiceGroup(site, group)
      ? []
      : [unknown([...here, kind, 'group'], 'the id of a voice service group', group)];
  });
  return [
    ...groups,
    ...(named(site.openingHours, branch?.hours)
      ? []
      : [unknown([...here, 'branch', 'hours'], 'the name of opening hours', branch?.hours ?? '')]),
    ...(deflect === undefined || leadsSomewhere(site, deflect.number)
      ? []
      : [unknown([...here, 'deflect', 'number'], 'a number', deflect.number)]),
    ...(collect !== undefined && collect.minimumDigits > collect.maximumDigits
      ? [
          {
            path: [...here, 'collect', 'minimumDigits'],
            message: `expected at most maximumDigits (${collect.maximumDigits}), found ${collect.minimumDigits}`,
          },
        ]
      : []),
  ];
}

const isVoiceGroup = (site: SiteSection, id: number): boolean =>
  site.serviceGroups.some(each => each.id === id && each.media === 'voice');

const leadsSomewhere = (site: SiteSection, number: string): boolean =>
  site.trunks.length > 0 ||
  site.extensions.some(each => each.number === number) ||
  [...site.serviceGroups, ...site.flows].some(each => each.numbers.includes(number));

function checkHours(
  { timeZone, weekly }: Pick<SiteSection['openingHours'][number], 'timeZone' | 'weekly'>,
  at: ValuePath,
): Finding[] {
  return [
    ...(isTimeZone(timeZone)
      ? []
      : [
          {
            path: [...at, 'timeZone'],
            message: `expected a time zone like Europe/Stockholm, found ${timeZone}`,
          },
        ]),
    ...weekly.flatMap(({ from, to }, index) =>
      from === to || from === '24:00'
        ? [
            {
              path: [...at, 'weekly', index, 'from'],
              message: `expected another time than ${to}, found ${from}`,
            },
          ]
        : [],
    ),
  ];
}

function checkGroup(
  site: SiteSection,
  group: SiteSection['serviceGroups'][number],
  at: ValuePath,
): Finding[] {
  const overflow = group.waiting?.overflow;
  const known = new Set(site.agentGroups.map(each => each.id));
  return [
    ...(named(site.openingHours, group.openingHours)
      ? []
      : [unknown([...at, 'openingHours'], 'the name of opening hours', group.openingHours ?? '')]),
    ...(named(site.flows, group.closedFlow)
      ? []
      : [unknown([...at, 'closedFlow'], 'the name of a flow', group.closedFlow ?? '')]),
    ...(overflow === undefined || overflow.group === 0 || isOther(site, group.id, overflow.group)
      ? []
      : [unknown([...at, 'waiting', 'overflow', 'group'], 'the id of another voice group', overflow.group)]),
    ...(overflow === undefined || overflow.number === '' || leadsSomewhere(site, overflow.number)
      ? []
      : [unknown([...at, 'waiting', 'overflow', 'number'], 'a number', overflow.number)]),
    ...(overflow?.agentGroups ?? []).flatMap((id, index) =>
      known.has(id)
        ? []
        : [unknown([...at, 'waiting', 'overflow', 'agentGroups', index], 'the id of an agent group', id)],
    ),
  ];
}

const isOther = (site: SiteSection, own: number, other: number): boolean =>
  own !== other && isVoiceGroup(site, other);

/** A flow that an agent waits for gives the customer back: it sends him nowhere else. */
function checkAuthentication({ authentication, flows }: SiteSection, at: ValuePath): Finding[] {
  if (authentication === undefined) return [];
  const flow = flows.find(each => each.name === authentication.flow);
  if (flow === undefined) return [unknown([...at, 'flow'], 'the name of a flow', authentication.flow)];
  const leads = flow.steps.some(
    each => each.queue !== undefined || each.deflect !== undefined || each.offerCallback !== undefined,
  );
  if (!leads) return [];
  const message = `expected a flow without queue, deflect and offerCallback, found ${flow.name}`;
  return [{ path: [...at, 'flow'], message }];
}
