/** Never written, at any level: whoever reads a log must not be able to log on with it. */
const secrets = new Set(['password', 'extensionpassword', 'token', 'authorization']);
/** Customer data: left out where the settings say so. */
const customerData = new Set(['privatedata', 'ivr', 'ivrdata', 'ivrdatastring', 'data', 'digits']);
/** Of these, what may hold the data of secret IVR fields. */
const fieldData = new Set(['ivr', 'ivrdata', 'ivrdatastring', 'data']);

const hidden = '***';

/**
 * A replacer for JSON.stringify that hides secrets, customer data where asked, and at any rate the data of `secretFields`,
 * labels of the IVR data: what customers typed to identify themselves.
 */
export const redactor = (maskCustomerData: boolean, secretFields: ReadonlySet<string> = new Set()) =>
  function redact(this: unknown, name: string, value: unknown): unknown {
    const lower = name.toLowerCase();
    if (secrets.has(lower)) return value === undefined || value === null || value === '' ? value : hidden;
    if (maskCustomerData && customerData.has(lower)) return hidden;
    if (secretFields.size === 0 || !fieldData.has(lower)) return value;
    return withoutSecretFields(this, value, secretFields);
  };

/** `holder` has the labels beside the data: a list of them, or the one that a request sets. */
function withoutSecretFields(holder: unknown, value: unknown, secretFields: ReadonlySet<string>): unknown {
  if (typeof holder !== 'object' || holder === null) return value;
  const { IVRLabels: labels, label } = holder as { IVRLabels?: unknown; label?: unknown };
  if (typeof label === 'string' && secretFields.has(label.toLowerCase())) return hidden;
  if (!Array.isArray(labels)) return value;
  const isSecret = labels.map(each => typeof each === 'string' && secretFields.has(each.toLowerCase()));
  if (!isSecret.includes(true)) return value;
  return Array.isArray(value) ? value.map((each, index) => (isSecret[index] ? hidden : each)) : hidden;
}
