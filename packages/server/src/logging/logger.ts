export type LogLevel = 'error' | 'warning' | 'info' | 'debug';

/** Values of one log line. No customer data: ids, counts, times and reasons only; no names, numbers, contents or secrets. */
export type LogFields = Record<string, string | number | boolean | null | undefined>;

/**
 * One line in a server's log: what happened, as a fact in the past tense, and its values.
 * `with` gives a logger whose lines all carry the same fields.
 */
export interface Logger {
  error(text: string, fields?: LogFields): void;
  warning(text: string, fields?: LogFields): void;
  info(text: string, fields?: LogFields): void;
  debug(text: string, fields?: LogFields): void;
  with(fields: LogFields): Logger;
}

export interface LogEntry {
  level: LogLevel;
  text: string;
  fields: LogFields;
}

const rank: Record<LogLevel, number> = { error: 0, warning: 1, info: 2, debug: 3 };

/** A logger over `write`, which gets what is at least as grave as `level`. */
export function createLogger(
  write: (entry: LogEntry) => void,
  level: LogLevel,
  common: LogFields = {},
): Logger {
  const at = (each: LogLevel) => (text: string, fields?: LogFields) => {
    if (rank[each] <= rank[level]) write({ level: each, text, fields: { ...common, ...fields } });
  };
  return {
    error: at('error'),
    warning: at('warning'),
    info: at('info'),
    debug: at('debug'),
    with: fields => createLogger(write, level, { ...common, ...fields }),
  };
}

/** What is known of something that was thrown, without its stack. */
export const errorText = (thrown: unknown): string =>
  thrown instanceof Error ? thrown.message : String(thrown);
