/** RFC 3264 §5.1, always from the point of view of the one who says it. */
export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

export function direction(sends: boolean, receives: boolean): Direction {
  if (sends) return receives ? 'sendrecv' : 'sendonly';
  return receives ? 'recvonly' : 'inactive';
}

export function sends(value: Direction): boolean {
  return value === 'sendrecv' || value === 'sendonly';
}

export function receives(value: Direction): boolean {
  return value === 'sendrecv' || value === 'recvonly';
}

/** RFC 3264 §6.1: what may be answered to an offer by one who wants `wanted`. */
export function answerDirection(offered: Direction, wanted: Direction): Direction {
  return direction(receives(offered) && sends(wanted), sends(offered) && receives(wanted));
}
