import { allMethods } from '../interface.ts';
import { camelCase, type MethodDescriptor } from '../method.ts';
import { type TSchema, Type } from '../schema.ts';
import { type Check, checkOf } from './validator.ts';

/**
 * The parameters of a method as one object. Optional ones may be left out or null. Members that the method does not have
 * are refused: a name that was mistyped would otherwise be a value silently dropped.
 */
export const parametersSchema = (method: MethodDescriptor) =>
  Type.Object(
    Object.fromEntries(
      method.parameters.map(each => [
        each.name,
        each.optional ? Type.Optional(nullable(each.schema)) : each.schema,
      ]),
    ),
    { additionalProperties: false },
  );

const nullable = (schema: TSchema): TSchema => Type.Union([schema, Type.Null()]);

export interface MethodChecks {
  parameters: Check;
  /** tolerant of members that a later release adds */
  result: Check;
}

const checks = new Map<string, MethodChecks>(
  allMethods.map(each => [
    camelCase(each.name),
    { parameters: checkOf(parametersSchema(each)), result: checkOf(each.result) },
  ]),
);

/** The checks of a method by its camelCase name, or undefined: an unknown method. */
export const methodChecks = (name: string): MethodChecks | undefined => checks.get(name);
