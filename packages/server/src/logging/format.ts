import type { LogEntry } from './logger.ts';

/** One JSON object a line: for machines. */
export function jsonLine(entry: LogEntry, now: Date): string {
  return `${JSON.stringify({ time: now.toISOString(), level: entry.level, text: entry.text, ...entry.fields })}\n`;
}

const signs = { error: 'ERROR', warning: 'WARN ', info: '     ', debug: '  .  ' } as const;

/** One readable line: for a person at a terminal. Control characters cannot come from a value. */
export function readableLine(entry: LogEntry, now: Date): string {
  const fields = Object.entries(entry.fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}=${typeof value === 'string' ? JSON.stringify(value) : value}`)
    .join('');
  return `${now.toISOString().slice(11, 23)} ${signs[entry.level]} ${entry.text}${fields}\n`;
}
