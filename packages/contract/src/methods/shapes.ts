import type { AnsweredBy, MethodDescriptor, Parameter } from '../method.ts';
import { parameter } from '../method.ts';
import type { Privilege } from '../privileges.ts';
import type { RefusalReason } from '../refusals.ts';
import { Bool, Int, type TSchema, Type } from '../schema.ts';

/** The shapes that most methods share, so that a table of methods shows only what differs. */

export const callId = parameter('callId', Int);
export const serviceGroupId = parameter('serviceGroupId', Int);
export const subscribe = parameter('subscribe', Bool);

interface Facts<By extends AnsweredBy> {
  tab: boolean;
  by: By;
  privilege?: Privilege;
  refusals?: readonly RefusalReason[];
  text: string;
}

/** A request: true = accepted, false = refused. */
export const request =
  <By extends AnsweredBy>(group: string, by: By) =>
  <const Name extends string, const Parameters extends readonly Parameter[]>(
    name: Name,
    parameters: Parameters,
    facts: Omit<Facts<By>, 'by'>,
  ): MethodDescriptor<Name, Parameters, typeof Bool, By> => ({
    name,
    group,
    tab: facts.tab,
    privilege: facts.privilege ?? null,
    answeredBy: by,
    parameters,
    result: Bool,
    whenRefused: false,
    refusals: facts.refusals ?? [],
    text: facts.text,
  });

/** A read of a list: [] when refused. */
export const list =
  <By extends AnsweredBy>(group: string, by: By) =>
  <const Name extends string, const Parameters extends readonly Parameter[], Item extends TSchema>(
    name: Name,
    parameters: Parameters,
    item: Item,
    facts: Omit<Facts<By>, 'by'>,
  ) => ({
    name,
    group,
    tab: facts.tab,
    privilege: facts.privilege ?? null,
    answeredBy: by,
    parameters,
    result: Type.Array(item),
    whenRefused: [],
    refusals: facts.refusals ?? [],
    text: facts.text,
  });
