import { text } from 'node:stream/consumers';
import { hash } from '@node-rs/argon2';

/** What OWASP advises for argon2id, which is this package's default: 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** The argon2id hash of a password in PHC form, for `passwordHash`. */
export const hashPassword = (password: string): Promise<string> => hash(password, cost);

/** `node hash-password.ts < file`, or typed and ended with Ctrl-D: never an argument, which others could see. */
if (import.meta.main) {
  const password = (await text(process.stdin)).replace(/\r?\n$/, '');
  if (password === '') {
    console.error('no password came on standard input');
    process.exitCode = 1;
  } else {
    console.log(await hashPassword(password));
  }
}
