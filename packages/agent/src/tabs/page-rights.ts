import { everything, findMethod, type PageRights } from '@cordboard/contract';

/** Whether pages of this origin may call a method: of those that the document marks JS, what the configuration names. */
export const mayCall = (rights: PageRights, method: string): boolean =>
  isForPages(method) && (rights.methods.includes(everything) || rights.methods.includes(method));

/** What goes beyond the documented interface is not for pages. */
const isForPages = (method: string): boolean => {
  const descriptor = findMethod(method);
  return descriptor?.tab === true && descriptor.group !== 'beyond the documented interface';
};

export const mayHear = (rights: PageRights, event: string): boolean =>
  rights.events.includes(everything) || rights.events.includes(event);

const labelPrefix = 'IVR:';

/** A value of the same type that says nothing. */
const emptied = (value: unknown): unknown => {
  if (Array.isArray(value)) return [];
  switch (typeof value) {
    case 'string':
      return '';
    case 'number':
      return 0;
    case 'boolean':
      return false;
    default:
      return value;
  }
};

/** Takes out of values what pages of an origin may not see. */
export type Withhold = <Value>(value: Value) => Value;

export const withholder = ({ withoutFields }: PageRights): Withhold => {
  const labels = new Set(
    withoutFields.filter(each => each.startsWith(labelPrefix)).map(each => each.slice(labelPrefix.length)),
  );
  const names = new Set(withoutFields.filter(each => !each.startsWith(labelPrefix)));
  if (names.size === 0 && labels.size === 0) return value => value;

  const visit = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(visit);
    if (typeof value !== 'object' || value === null) return value;
    return withoutLabels(
      Object.fromEntries(
        Object.entries(value).map(([name, inner]) => [name, names.has(name) ? emptied(inner) : visit(inner)]),
      ),
      labels,
    );
  };
  return value => visit(value) as typeof value;
};

/** Labels and data stand in lists side by side; the lists as one text, with commas, cannot be taken apart and go whole. */
const withoutLabels = (
  object: Record<string, unknown>,
  labels: ReadonlySet<string>,
): Record<string, unknown> => {
  const { IVRLabels, IVRData } = object as { IVRLabels?: unknown; IVRData?: unknown };
  if (
    !Array.isArray(IVRLabels) ||
    !Array.isArray(IVRData) ||
    !IVRLabels.some(each => labels.has(String(each)))
  )
    return object;
  const hidden = {
    ...object,
    IVRData: IVRData.map((data, index) => (labels.has(String(IVRLabels[index])) ? '' : data)),
  };
  const texts = ['IVRDataString', 'IVR'].filter(name => typeof object[name] === 'string');
  return { ...hidden, ...Object.fromEntries(texts.map(name => [name, ''])) };
};
