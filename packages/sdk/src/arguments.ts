import { findMethod, methodChecks } from '@cordboard/contract';
import { ArgumentError } from './errors.ts';

/**
 * The arguments of a method, by position, as named parameters.
 * @throws ArgumentError naming the parameter that is missing or of the wrong type
 */
export const namedArguments = (method: string, given: readonly unknown[]): Record<string, unknown> => {
  const parameters = findMethod(method)?.parameters ?? [];
  if (given.length > parameters.length)
    throw new ArgumentError(method, null, `are ${given.length}, at most ${parameters.length} are known`);
  const named: Record<string, unknown> = {};
  for (const [index, { name }] of parameters.entries())
    if (given[index] !== undefined) named[name] = given[index];
  const fault = methodChecks(method)?.parameters(named);
  if (fault) throw ArgumentError.of(method, fault);
  return named;
};
