import type { FlowSection, FlowStepSection } from './flow-schema.ts';
import type { Finding, ValuePath } from './problem.ts';
import type { SiteSection } from './schema.ts';

/** One step of one flow. */
interface Place {
  flow: number;
  step: number;
}

/**
 * Steps that follow each other without ever waiting for the caller: such a circle would be gone round at once, until the
 * call has taken all the steps that it may. Circles with a prompt in them are the caller's own affair.
 */
export function findLoops(site: SiteSection, at: ValuePath): Finding[] {
  const done = new Set<string>();
  const findings: Finding[] = [];
  for (const [flow, { steps }] of site.flows.entries()) {
    for (const step of steps.keys()) {
      const place = circleFrom(site, { flow, step }, done);
      if (place === null) continue;
      findings.push({
        path: [...at, 'flows', place.flow, 'steps', place.step],
        message: 'expected a step on the way that plays or asks something: callers would go round in circles',
      });
    }
  }
  return [...findings, ...overflowCircles(site, at)];
}

const keyOf = ({ flow, step }: Place): string => `${flow}:${step}`;

/** Follows the ways depth first; the place at which one closes, or null. Places on a stack of our own: flows may be long. */
function circleFrom(site: SiteSection, start: Place, done: Set<string>): Place | null {
  const way: { place: Place; left: Place[] }[] = [];
  const open = new Set<string>();
  const enter = (place: Place): void => {
    open.add(keyOf(place));
    way.push({ place, left: followers(site, place) });
  };
  if (!done.has(keyOf(start))) enter(start);
  for (let top = way.at(-1); top !== undefined; top = way.at(-1)) {
    const next = top.left.pop();
    if (next === undefined) {
      way.pop();
      open.delete(keyOf(top.place));
      done.add(keyOf(top.place));
    } else if (open.has(keyOf(next))) {
      for (const { place } of way) done.add(keyOf(place));
      return next;
    } else if (!done.has(keyOf(next))) enter(next);
  }
  return null;
}

/** Where a step may lead at once. */
function followers(site: SiteSection, { flow, step }: Place): Place[] {
  const section = site.flows[flow];
  const own = section?.steps[step];
  if (section === undefined || own === undefined) return [];
  const within = nextLabels(own).flatMap(label => {
    const index = label === '' ? step + 1 : section.steps.findIndex(each => each.label === label);
    return index >= 0 && index < section.steps.length ? [{ flow, step: index }] : [];
  });
  return [...within, ...otherFlows(site, own).map(index => ({ flow: index, step: 0 }))];
}

function nextLabels({ play, branch, setData, offerCallback }: FlowStepSection): string[] {
  if (branch !== undefined) return [branch.open, branch.closed];
  if (setData !== undefined) return [setData.next];
  if (offerCallback !== undefined) return [offerCallback.next];
  return play !== undefined && play.sounds.length === 0 ? [play.next] : [];
}

/** By number, and where a group is closed. */
function otherFlows(site: SiteSection, { deflect, queue }: FlowStepSection): number[] {
  const number = deflect?.number;
  const group = site.serviceGroups.find(
    each => each.id === queue?.group || (number !== undefined && each.numbers.includes(number)),
  );
  const leads = (flow: FlowSection): boolean =>
    (number !== undefined && flow.numbers.includes(number)) || flow.name === group?.closedFlow;
  return site.flows.flatMap((flow, index) => (leads(flow) ? [index] : []));
}

/** Groups that send their calls to each other as soon as others wait. */
function overflowCircles({ serviceGroups }: SiteSection, at: ValuePath): Finding[] {
  const targets = new Map(
    serviceGroups.flatMap(({ id, waiting }) =>
      waiting?.overflow !== undefined && waiting.overflow.waitingCalls > 0 && waiting.overflow.group > 0
        ? [[id, waiting.overflow.group] as const]
        : [],
    ),
  );
  return serviceGroups.flatMap(({ id }, index) => {
    const seen = new Set<number>();
    for (let next = targets.get(id); next !== undefined && !seen.has(next); next = targets.get(next)) {
      seen.add(next);
    }
    if (!seen.has(id)) return [];
    const path = [...at, 'serviceGroups', index, 'waiting', 'overflow', 'group'];
    return [{ path, message: 'expected a group whose calls do not come back here at once' }];
  });
}
