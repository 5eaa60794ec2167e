/** The seed of this run: CORDBOARD_SEED, or another one each time. It is printed with whatever is found. */
export const seedOfRun = (): string =>
  process.env['CORDBOARD_SEED'] ?? `${Math.floor(Math.random() * 1_000_000_000)}`;
