import type { ICall, ICallInformation, IUserInformation } from '@cordboard/contract';

/** What the placeholders of an Agent Action stand for. */
export type TemplateValues = ReadonlyMap<string, string>;

const information = ({ CallInfo, ConsultingCallInfo }: ICall): ICallInformation =>
  CallInfo.GroupName === '' && ConsultingCallInfo.GroupName !== '' ? ConsultingCallInfo : CallInfo;

/** IVR labels stand for their data, by themselves and as `IVR:label`; a documented name is never one of them. */
export const templateValues = (
  call: ICall,
  user: IUserInformation,
  groupId: (name: string) => number | null,
): TemplateValues => {
  const { CallingNumber, GroupName, IVRLabels, IVRData } = information(call);
  const fields = IVRLabels.map((label, index): [string, string] => [label, IVRData[index] ?? '']);
  return new Map([
    ...fields,
    ...fields.map(([label, data]): [string, string] => [`IVR:${label}`, data]),
    ['CallingNumber', CallingNumber === '' ? call.PhoneNumber : CallingNumber],
    ['CalledNumber', call.CalledNumber],
    ['CallerName', call.CallerName],
    ['CallID', `${call.ID}`],
    ['GroupName', GroupName],
    ['GroupID', `${groupId(GroupName) ?? ''}`],
    ['AgentName', user.UserName],
    ['LoginID', user.LoginID],
    ['Extension', user.ExtensionNumber],
  ]);
};

const placeholder = /\{([^{}]{1,256})\}/g;

/** encodeURIComponent fails on half a surrogate pair, which a caller's name can hold. */
const encode = (value: string): string =>
  encodeURIComponent(value.replaceAll(/\p{Surrogate}/gu, '\ufffd')).replaceAll(
    /[!'()*]/g,
    each => `%${each.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** A value that is a dot or two would be a step in the path: `.` is allowed in it, but not alone. */
const inPlace = (value: string): string =>
  /^\.{1,2}$/.test(value) ? value.replaceAll('.', '%2E') : encode(value);

export const fillText = (template: string, values: TemplateValues): string =>
  template.replaceAll(placeholder, (_, name: string) => values.get(name) ?? '').slice(0, 256);

/**
 * The URL that a template makes of the values, each percent-encoded; what is not known is empty. Null: it is none of http or
 * https, or would lead to another place than the template says.
 */
export const fillUrl = (template: string, values: TemplateValues): string | null => {
  const filled = template.replaceAll(placeholder, (_, name: string) => inPlace(values.get(name) ?? ''));
  const origin = templateOrigin(template);
  if (origin === null || !URL.canParse(filled)) return null;
  const url = new URL(filled);
  return url.origin === origin && url.username === '' && url.password === '' ? url.href : null;
};

/** Scheme, host and port stand before the first placeholder, so that no value can change them. Null: they do not. */
export const templateOrigin = (template: string): string | null => {
  const [fixed = ''] = template.split('{', 1);
  if (!/^https?:\/\/[^/?#\\]+[/?#]/i.test(template.includes('{') ? fixed : `${fixed}/`)) return null;
  return URL.canParse(fixed) ? new URL(fixed).origin : null;
};
