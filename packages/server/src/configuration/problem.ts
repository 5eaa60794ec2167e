/** Something wrong with a configuration file. */
export interface Problem {
  file: string;
  /** both count from 1 */
  line: number;
  column: number;
  /** `sites[0].users[2].extension`; '' = the file as a whole */
  path: string;
  /** what was expected, and what is there */
  message: string;
}

/** Keys and indexes from the root of the file. */
export type ValuePath = readonly (string | number)[];

/** A problem by its place in the data, before the line is known. */
export interface Finding {
  path: ValuePath;
  message: string;
  /** the place is the key, not its value */
  atKey?: boolean;
}

export const formatPath = (path: ValuePath): string =>
  path.map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index ? '.' : ''}${step}`)).join('');

export const formatProblem = ({ file, line, column, path, message }: Problem): string =>
  `${file}:${line}:${column}: ${path === '' ? '' : `${path}: `}${message}`;
