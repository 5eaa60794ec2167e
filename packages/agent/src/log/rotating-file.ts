import { closeSync, fstatSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';

export interface RotatingFileOptions {
  file: string;
  /** 10 MB unless told */
  maximumBytes?: number;
  /** `file`, `file.1` ... in all; 5 unless told */
  files?: number;
}

/** A file that only its owner reads, and that is renamed to `file.1` when it is full. */
export interface RotatingFile {
  append(text: string): void;
  close(): void;
}

export const openRotatingFile = (options: RotatingFileOptions): RotatingFile => {
  const { file, maximumBytes = 10_000_000, files = 5 } = options;
  const open = () => openSync(file, 'a', 0o600);

  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  let descriptor = open();
  let size = fstatSync(descriptor).size;

  const rotate = () => {
    closeSync(descriptor);
    rmSync(`${file}.${files - 1}`, { force: true });
    for (let number = files - 2; number >= 0; number--)
      try {
        renameSync(number === 0 ? file : `${file}.${number}`, `${file}.${number + 1}`);
      } catch (error) {
        // not so many files yet
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      }
    descriptor = open();
    size = 0;
  };

  return {
    append(text) {
      const bytes = Buffer.from(text);
      if (size > 0 && size + bytes.length > maximumBytes) rotate();
      writeSync(descriptor, bytes);
      size += bytes.length;
    },
    close: () => closeSync(descriptor),
  };
};
