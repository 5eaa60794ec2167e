import Type, { type TProperties } from 'typebox';

/** What the parts of the configuration's schema are made of. */

export const Id = (description: string) => Type.Integer({ minimum: 1, maximum: 2_147_483_647, description });
export const Name = (description: string) => Type.String({ minLength: 1, maxLength: 100, description });
export const DialNumber = (description: string) =>
  Type.String({ pattern: '^[0-9*#+]{1,32}$', description: `${description}; as text, in quotes` });
export const Seconds = (description: string, byDefault: number, maximum: number, minimum = 0) =>
  Type.Integer({ minimum, maximum, default: byDefault, description: `${description}, in seconds` });
export const Section = <P extends TProperties>(properties: P, description: string) =>
  Type.Object(properties, { additionalProperties: false, description });
export const List = <T extends Parameters<typeof Type.Array>[0]>(
  item: T,
  description: string,
  maxItems = 20_000,
) => Type.Array(item, { default: [], maxItems, description });
/** A list of plain words whose type is one of them. */
export const OneOf = <const W extends readonly string[]>(
  words: W,
  description: string,
  byDefault?: W[number],
) =>
  Type.Unsafe<W[number]>({
    type: 'string',
    enum: [...words],
    description,
    ...(byDefault !== undefined && { default: byDefault }),
  });
/** A sound file by its name, without ending. */
export const SoundName = (description: string) =>
  Type.String({ minLength: 1, maxLength: 64, pattern: '^[A-Za-z0-9][A-Za-z0-9_-]*$', description });
export const Sounds = (description: string) => List(SoundName('a sound file'), description, 20);
