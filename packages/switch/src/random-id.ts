import { randomFillSync } from 'node:crypto';

const idBytes = 12;
const poolBytes = idBytes * 256;

/** Ids of 96 random bits in hex, from a pool: asking the system for each would cost more than making the message. */
export function createRandomId(): () => string {
  const pool = Buffer.allocUnsafe(poolBytes);
  let used = poolBytes;
  return () => {
    if (used === poolBytes) {
      randomFillSync(pool);
      used = 0;
    }
    used += idBytes;
    return pool.toString('hex', used - idBytes, used);
  };
}
