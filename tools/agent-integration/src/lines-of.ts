import { createInterface } from 'node:readline';

/**
 * The lines of an input. Reading begins with the first one asked for: readline loses what it reads before somebody
 * iterates, and a script is asked for its first line only after `initialize`.
 */
export async function* linesOf(input: NodeJS.ReadableStream): AsyncGenerator<string> {
  yield* createInterface({ input });
}
