/** Members whose value is nobody's but the customer's, in small letters. */
const customerData = [
  'callername',
  'phonenumber',
  'callingnumber',
  'dialednumber',
  'number',
  'customername',
  'customerid',
  'comment',
  'fields',
  'privatedata',
  'ivr',
  'ivrdata',
  'ivrdatastring',
  'data',
  'digits',
  'subject',
  'body',
  'text',
  'from',
  'to',
  'address',
  'emailaddress',
  'message',
  'messages',
];
/** Members with which somebody could log on or register. */
const secretData = ['password', 'extensionpassword', 'token', 'authorization', 'secret', 'ha1', 'credential'];

const text = String.raw`"(?:[^"\\]|\\.)*(?:"|$)`;
/** A text or a list of texts; the log cuts long ones, so that the end may be missing. */
const members = new RegExp(
  String.raw`"(${[...customerData, ...secretData].join('|')})":\s*(?:${text}|\[(?:${text},?)*(?:\]|$))`,
  'gi',
);
/** As an argument of MakeCall beside the number: the name of a person. */
const nameBesideNumber = new RegExp(String.raw`("number":"\*\*\*",)"name":\s*${text}`, 'gi');
/** A telephone number anywhere. No times, no ids with letters in them, no addresses of the network. */
const phoneNumber = /(?<![\w.:-])\+?\d{6,}(?![\w.:-])/g;
const emailAddress = /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/g;
/** Tokens as our server and window make them, and signed ones. */
const tokens = /\b[0-9a-f]{32,}\b|\beyJ[\w-]+\.[\w-]+\.[\w-]*|(?<=\bBearer )\S+/gi;
/** Between a scheme and a host. */
const userOfAddress = /(?<=\b[a-z]+:\/\/)[^/\s"@]+@/gi;

const hidden = '***';

/** Shorter ones stand in too many other words. */
const shortestSecret = 4;

/**
 * A text without what a supporter must not see: what `secrets` are literally, whatever looks like a secret, what customers are
 * called, their numbers (the last two digits stay, so that one is told from another), and what they said or typed.
 */
export const withoutPrivateData =
  (secrets: readonly string[]) =>
  (whole: string): string => {
    let left = whole;
    for (const secret of secrets) if (secret.length >= shortestSecret) left = left.replaceAll(secret, hidden);
    // few lines have one, and looking for it is slow
    if (left.includes('@')) left = left.replace(userOfAddress, `${hidden}@`).replace(emailAddress, hidden);
    return left
      .replace(members, (_, name: string) => `"${name}":"${hidden}"`)
      .replace(nameBesideNumber, `$1"name":"${hidden}"`)
      .replace(tokens, hidden)
      .replace(phoneNumber, number => `${'*'.repeat(number.length - 2)}${number.slice(-2)}`);
  };
