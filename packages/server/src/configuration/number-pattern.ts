/** The longest number that is ever matched. */
export const longestNumber = 64;

/** More ways than this to match a longest number could be felt; a rule needs a few dozen. */
const mostWays = 20_000;

/**
 * Checks the pattern of a translation rule. JavaScript's matcher goes back and tries again, so a bad pattern can take years over one
 * number. Allowed is therefore only what a number needs: characters, `\d`, `[0-9]`, `.`, groups, `|`, `? * + {n,m}`, `^` and `$`. Of that
 * the number of ways in which it can match is counted and bounded. Returns the number of groups, or what is wrong.
 */
export function checkNumberPattern(
  pattern: string,
): { ok: true; groups: number } | { ok: false; why: string } {
  try {
    new RegExp(pattern);
  } catch (error) {
    return { ok: false, why: (error as Error).message };
  }
  const scan: Scan = { pattern, at: 0, groups: 0 };
  try {
    const ways = alternatives(scan);
    if (scan.at < pattern.length) return { ok: false, why: `unexpected ${pattern[scan.at]}` };
    const starts = pattern.startsWith('^') && !pattern.includes('|') ? 1 : longestNumber;
    if (ways * starts > mostWays) {
      return {
        ok: false,
        why: 'a number could match it in too many ways: anchor it with ^, use fewer * and +',
      };
    }
    return { ok: true, groups: scan.groups };
  } catch (error) {
    if (error instanceof Unsupported) return { ok: false, why: error.message };
    throw error;
  }
}

class Unsupported extends Error {}

interface Scan {
  pattern: string;
  at: number;
  groups: number;
}

// each of these reads its part of the pattern and returns in how many ways it can match one number

function alternatives(scan: Scan): number {
  let ways = sequence(scan);
  while (scan.pattern[scan.at] === '|') {
    scan.at += 1;
    ways += sequence(scan);
  }
  return ways;
}

function sequence(scan: Scan): number {
  let ways = 1;
  while (scan.at < scan.pattern.length && !'|)'.includes(scan.pattern[scan.at] ?? '')) {
    ways *= repeated(scan, item(scan));
  }
  return ways;
}

function item(scan: Scan): number {
  const rest = scan.pattern.slice(scan.at);
  if (rest.startsWith('(')) return group(scan, rest);
  const found = /^(?:\\[dD^$\\.*+?()[\]{}|/#-]|\[\^?(?:\\[d\\\]^*+#-]|[^\\\]])+\]|[^\\()[\]{}*+?])/.exec(
    rest,
  )?.[0];
  if (found === undefined) throw new Unsupported(`${rest.slice(0, 3)} is not supported`);
  scan.at += found.length;
  return 1;
}

function group(scan: Scan, rest: string): number {
  if (rest.startsWith('(?') && !rest.startsWith('(?:')) throw new Unsupported('(? is only supported as (?:');
  if (rest.startsWith('(?:')) scan.at += 3;
  else {
    scan.at += 1;
    scan.groups += 1;
  }
  const ways = alternatives(scan);
  scan.at += 1;
  return ways;
}

function repeated(scan: Scan, ways: number): number {
  const found = /^(?:[*+?]|\{(\d+)(,(\d*))?\})\??/.exec(scan.pattern.slice(scan.at));
  if (!found) return ways;
  scan.at += found[0].length;
  const [text, low, comma, high] = found;
  const least = low === undefined ? (text.startsWith('+') ? 1 : 0) : Number(low);
  const most = mostOf(text, least, comma, high);
  if (most > longestNumber)
    throw new Unsupported(`repeating more than ${longestNumber} times is not supported`);
  let sum = 0;
  for (let times = least; times <= most; times += 1) sum += ways ** times;
  return sum;
}

function mostOf(text: string, least: number, comma: string | undefined, high: string | undefined): number {
  if (text.startsWith('?')) return 1;
  if (text.startsWith('{')) {
    if (comma === undefined) return least;
    return high === '' || high === undefined ? longestNumber : Number(high);
  }
  return longestNumber;
}

/** The groups that a replacement names. */
export const groupsNamed = (replacement: string): number[] =>
  [...replacement.matchAll(/\$(\d)/g)].map(match => Number(match[1]));
