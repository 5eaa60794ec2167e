import { Compile } from 'typebox/compile';
import type { Fault } from '../rpc/wire-error.ts';
import type { TSchema } from '../schema.ts';

/** null = the value has its type; else the first thing that is wrong with it. */
export type Check = (value: unknown) => Fault | null;

/**
 * The check of a schema. It is compiled where the surroundings allow code to be made (`new Function`), and interpreted
 * where a content security policy forbids it; both say the same. It is made when it is first needed: there are hundreds.
 */
export const checkOf = (schema: TSchema): Check => {
  let compiled: ReturnType<typeof Compile> | null = null;
  return value => {
    compiled ??= Compile(schema);
    if (compiled.Check(value)) return null;
    const error = compiled.Errors(value).find(each => each.keyword !== 'boolean');
    return { path: pathOf(error), expected: error?.message ?? 'another value' };
  };
};

type SchemaError = ReturnType<ReturnType<typeof Compile>['Errors']>[number];

/** A missing or unknown member is reported at its own place, not at that of the object around it. */
const pathOf = (error: SchemaError | undefined): string => {
  if (!error) return '';
  const names =
    error.keyword === 'required'
      ? error.params.requiredProperties
      : error.keyword === 'additionalProperties'
        ? error.params.additionalProperties
        : [];
  const [name] = names;
  return name === undefined ? error.instancePath : `${error.instancePath}/${name}`;
};
