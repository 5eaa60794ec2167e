/** Nobody is logged on here because the same agent is, in another place. */
export const isElsewhere = (problem: string | null): boolean =>
  problem === 'loggedOnElsewhere' || problem === 'takenOver';
