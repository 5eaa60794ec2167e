/** The Diagnostic Log Level. Integration requests and events are logged from 5 on (seed, "Logging requests and events"). */
export const LogLevel = {
  off: 0,
  error: 1,
  warning: 2,
  info: 3,
  callFlow: 4,
  integration: 5,
  protocol: 6,
  all: 7,
} as const;
export type LogLevel = (typeof LogLevel)[keyof typeof LogLevel];

export const isLogLevel = (value: unknown): value is LogLevel =>
  Object.values<unknown>(LogLevel).includes(value);

export const levelNames = [
  'off',
  'error',
  'warning',
  'info',
  'call',
  'integration',
  'protocol',
  'all',
] as const;
