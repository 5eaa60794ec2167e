import { hash, verify } from '@node-rs/argon2';

/** OWASP's argon2id parameters: 19 MiB, two passes. */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** An argon2id hash in PHC form. */
export const hashPassword = (password: string): Promise<string> => hash(password, parameters);

export interface PasswordCheck {
  /** `busy`: so many are being checked that this one would wait too long */
  check(password: string, hashed: string | undefined): Promise<'right' | 'wrong' | 'busy'>;
}

/**
 * Checks passwords, a few at a time: each takes 20 ms of a core and 19 MiB, and the loop must not starve. Where there is no
 * hash (unknown user) a dummy is checked, so that the time tells nothing.
 */
export function createPasswordCheck(options: { atOnce: number; waiting: number }): PasswordCheck {
  const dummy = hashPassword('no such user');
  const queue: (() => void)[] = [];
  let running = 0;

  async function turn(): Promise<void> {
    if (running < options.atOnce) running++;
    else await new Promise<void>(resolve => queue.push(resolve));
  }

  function done(): void {
    const next = queue.shift();
    if (next === undefined) running--;
    else next();
  }

  return {
    async check(password, hashed) {
      if (queue.length >= options.waiting) return 'busy';
      await turn();
      try {
        const right = await verify(hashed ?? (await dummy), password);
        return right && hashed !== undefined ? 'right' : 'wrong';
      } catch {
        // a hash that cannot be read opens nothing
        return 'wrong';
      } finally {
        done();
      }
    },
  };
}
