import {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';

export interface RotatingFileOptions {
  file: string;
  /** 10 MB unless told */
  maximumBytes?: number;
  /** `file`, `file.1` ... in all; 5 unless told */
  files?: number;
}

/** What was written, by positions that stay when files are renamed: bytes from where this run began; what was there before has negative ones. */
export interface WrittenBytes {
  /** of the oldest byte that is kept */
  readonly start: number;
  /** after the last byte */
  readonly end: number;
  /** From `from` up to `to`, as far as it is kept. */
  read(from: number, to: number): Buffer;
}

/** A file that only its owner reads, and that is renamed to `file.1` when it is full. */
export interface RotatingFile extends WrittenBytes {
  append(text: string): void;
  close(): void;
}

export const openRotatingFile = (options: RotatingFileOptions): RotatingFile => {
  const { file, maximumBytes = 10_000_000, files = 5 } = options;
  const open = () => openSync(file, 'a', 0o600);

  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  let descriptor = open();
  let size = fstatSync(descriptor).size;
  let end = 0;

  /** newest first */
  const kept = (): { name: string; from: number; to: number }[] => {
    let to = end;
    const found: { name: string; from: number; to: number }[] = [];
    for (let number = 0; number < files; number++) {
      const name = number === 0 ? file : `${file}.${number}`;
      const bytes = number === 0 ? size : (statSync(name, { throwIfNoEntry: false })?.size ?? 0);
      found.push({ name, from: to - bytes, to });
      to -= bytes;
    }
    return found;
  };

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
      end += bytes.length;
    },
    get start() {
      return kept().at(-1)?.from ?? end;
    },
    get end() {
      return end;
    },
    read: (from, to) =>
      Buffer.concat(
        kept()
          .filter(each => each.to > from && each.from < to)
          .map(each =>
            readPart(each.name, Math.max(from, each.from) - each.from, Math.min(to, each.to) - each.from),
          )
          .reverse(),
      ),
    close: () => closeSync(descriptor),
  };
};

const readPart = (name: string, from: number, to: number): Buffer => {
  const descriptor = openSync(name, 'r');
  try {
    const bytes = Buffer.alloc(to - from);
    return bytes.subarray(0, readSync(descriptor, bytes, 0, bytes.length, from));
  } finally {
    closeSync(descriptor);
  }
};
