/** Never written, at any level: whoever reads a log must not be able to log on with it. */
const secrets = new Set(['password', 'extensionpassword', 'token', 'authorization']);
/** Customer data: left out where the settings say so. */
const customerData = new Set(['privatedata', 'ivr', 'ivrdata', 'ivrdatastring', 'data', 'digits']);

/** A replacer for JSON.stringify that hides secrets, and customer data where asked. */
export const redactor =
  (maskCustomerData: boolean) =>
  (name: string, value: unknown): unknown => {
    const lower = name.toLowerCase();
    if (secrets.has(lower)) return value === undefined || value === null || value === '' ? value : '***';
    return maskCustomerData && customerData.has(lower) ? '***' : value;
  };
