/** `IVRData` is `ivrData`, `ID` is `id`, `OASServerName` is `oasServerName`: a run of capitals becomes small, but for that of the next word. */
export const scriptName = (documented: string): string =>
  documented.replace(/^[A-Z]+(?=[A-Z][a-z]|[^a-zA-Z]|$)|^[A-Z]/, start => start.toLowerCase());

/**
 * The value with a second name for each documented property, as scripts write them: `call.CallerName` and `call.callerName`.
 * The second names are not enumerated, so that a copy or a print of the object is as documented.
 */
export const withBothNames = <Value>(value: Value): Value => {
  if (Array.isArray(value)) for (const each of value) withBothNames(each);
  else if (typeof value === 'object' && value !== null) nameTwice(value as Record<string, unknown>);
  return value;
};

const nameTwice = (object: Record<string, unknown>): void => {
  for (const name of Object.keys(object)) {
    withBothNames(object[name]);
    const second = scriptName(name);
    if (second !== name && !Object.hasOwn(object, second))
      Object.defineProperty(object, second, { get: () => object[name], enumerable: false });
  }
};
