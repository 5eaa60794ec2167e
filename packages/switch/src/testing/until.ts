/** Waits until `look` finds something; an error after `milliseconds`. */
export async function until<Value>(
  look: () => Value | undefined | false | Promise<Value | undefined | false>,
  milliseconds = 20_000,
): Promise<Value> {
  for (const start = Date.now(); ; ) {
    const value = await look();
    if (value !== undefined && value !== false) return value;
    if (Date.now() - start > milliseconds)
      throw new Error(`not so after ${milliseconds} ms: ${look.toString()}`);
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}
