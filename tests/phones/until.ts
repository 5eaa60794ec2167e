/** Waits until `look` finds something. @throws Error naming `what` when there is still nothing after `milliseconds` */
export async function until<Value>(
  what: string,
  look: () => Value | undefined | false | Promise<Value | undefined | false>,
  milliseconds = 30_000,
): Promise<Value> {
  for (const end = Date.now() + milliseconds; ; ) {
    const value = await look();
    if (value !== undefined && value !== false) return value;
    if (Date.now() > end) throw new Error(`not within ${milliseconds} ms: ${what}`);
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}
