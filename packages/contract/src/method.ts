import type { Privilege } from './privileges.ts';
import type { RefusalReason } from './refusals.ts';
import type { Static, TSchema } from './schema.ts';

/**
 * Who answers a method:
 * - `client`: the AgentClient itself, on the agent's machine (is the application running? start it)
 * - `application`: the Agent application, from its replica
 * - `site`: the site's routing loop decides
 * - `workspace`: the window of the Agent application (tabs, forms)
 */
export type AnsweredBy = 'client' | 'application' | 'site' | 'workspace';

export interface Parameter<
  Name extends string = string,
  Schema extends TSchema = TSchema,
  Optional extends boolean = boolean,
> {
  name: Name;
  schema: Schema;
  /** may be left out, or null: both mean "not used" */
  optional: Optional;
}

export interface MethodDescriptor<
  Name extends string = string,
  Parameters extends readonly Parameter[] = readonly Parameter[],
  Result extends TSchema = TSchema,
  By extends AnsweredBy = AnsweredBy,
> {
  /** as documented, in PascalCase: `AnswerCall` */
  name: Name;
  group: string;
  /** the column JS of the seed: a page in a tab may call it */
  tab: boolean;
  /** only a page in a tab may call it (GetTab) */
  tabOnly?: true;
  /** needed beside `useIntegrationInterface` */
  privilege: Privilege | null;
  answeredBy: By;
  parameters: Parameters;
  result: Result;
  /** what the method returns when it is refused: false, [], null, "nothing" as an object */
  whenRefused: NoInfer<Static<Result>>;
  /** reasons beyond those that any request can meet (see `commonRefusals`) */
  refusals: readonly RefusalReason[];
  /** meaning, for the reference */
  text: string;
}

/** Any request can be refused with these. */
export const commonRefusals = [
  'notAvailable',
  'notInitialized',
  'notLoggedOn',
  'missingPrivilege',
  'connectionLost',
  'deadlineExceeded',
  'overloaded',
  'internalError',
] as const satisfies readonly RefusalReason[];

export const parameter = <const Name extends string, const Schema extends TSchema>(
  name: Name,
  schema: Schema,
): Parameter<Name, Schema, false> => ({
  name,
  schema,
  optional: false,
});

export const optional = <const Name extends string, const Schema extends TSchema>(
  name: Name,
  schema: Schema,
): Parameter<Name, Schema, true> => ({
  name,
  schema,
  optional: true,
});

/** Keeps the literal types of a descriptor. */
export const method = <
  const Name extends string,
  const Parameters extends readonly Parameter[],
  Result extends TSchema,
  By extends AnsweredBy,
>(
  descriptor: MethodDescriptor<Name, Parameters, Result, By>,
): MethodDescriptor<Name, Parameters, Result, By> => descriptor;

/** The arguments of a method, by position, as the seed writes them. */
export type Arguments<Parameters extends readonly Parameter[]> = Parameters extends readonly [
  infer First extends Parameter,
  ...infer Rest extends readonly Parameter[],
]
  ? First extends Parameter<string, infer Schema, true>
    ? [value?: Static<Schema> | null, ...rest: Arguments<Rest>]
    : [value: Static<First['schema']>, ...rest: Arguments<Rest>]
  : [];

/** The arguments of a method, by name, as the wire carries them. */
export type NamedArguments<Parameters extends readonly Parameter[]> = {
  [P in Parameters[number] as P['optional'] extends true ? never : P['name']]: Static<P['schema']>;
} & {
  [P in Parameters[number] as P['optional'] extends true ? P['name'] : never]?: Static<P['schema']> | null;
};

/** `AnswerCall` is `answerCall` in TypeScript and JavaScript (seed, "Scripting from web tab"). `IsBSARunning` becomes `isBSARunning`. */
export type CamelCase<Name extends string> = Uncapitalize<Name>;
export const camelCase = <Name extends string>(name: Name): CamelCase<Name> =>
  (name.slice(0, 1).toLowerCase() + name.slice(1)) as CamelCase<Name>;
