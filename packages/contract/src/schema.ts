import Type, { type Static, type TSchema } from 'typebox';

/** A whole number. */
export const Int = Type.Integer();
export const Bool = Type.Boolean();
/** Text without a bound of its own: a frame is bounded (see `maximumFrameBytes`). */
export const Text = Type.String();
/** Text that an integrator sends in: bounded so that nobody can fill the journal with one request. */
export const BoundedText = (maxLength: number) => Type.String({ maxLength });
/** ISO 8601 in UTC with milliseconds, or null while the moment has not come (COM and .NET show their minimum date). */
export const Moment = Type.Union([Type.String({ format: 'date-time' }), Type.Null()]);
export const TextList = Type.Array(Type.String());

/** The numbers of a documented enum. Readers must tolerate numbers that a later release adds, so this checks for a number only. */
export const EnumNumber = <E extends Record<string, number>>(values: E) =>
  Type.Unsafe<E[keyof E]>(
    Type.Integer({
      description: Object.entries(values)
        .map(pair => pair.join(' = '))
        .join(', '),
    }),
  );

export type { Static, TSchema };
export { Type };
