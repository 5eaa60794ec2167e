/**
 * The seed of this run. The same each time, so that what is landed is what was tried; CORDBOARD_SEED names another, and
 * CORDBOARD_SEED=chance takes any. It is printed with whatever is found.
 */
export const seedOfRun = (): string => {
  const { CORDBOARD_SEED = '1' } = process.env;
  return CORDBOARD_SEED === 'chance' ? `${Math.floor(Math.random() * 1_000_000_000)}` : CORDBOARD_SEED;
};
