/**
 * The agent pressed Answer, and the site calls his phone: it answers at once. Call-Info and Alert-Info are what phones have,
 * Answer-Mode is the standard (RFC 5373 §4); the switch sends all three. `header` is of the INVITE.
 */
export const answersByItself = (header: (name: string) => string | undefined): boolean =>
  /;\s*answer-after\s*=\s*0\b/i.test(header('Call-Info') ?? '') ||
  /^\s*auto\b/i.test(header('Answer-Mode') ?? '') ||
  /alert-autoanswer/i.test(header('Alert-Info') ?? '');
