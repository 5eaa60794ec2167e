import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { browserFaults, publishable } from './publishable.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const built = (files: Record<string, string>): string => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'cordboard-built-'));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  return folder;
};

test('a published manifest names programs and types, and nothing for tests', () => {
  expect(
    publishable({
      name: 'x',
      version: '1',
      exports: {
        '.': { node: './src/node.ts', default: './src/index.ts' },
        './testing': './src/testing/index.ts',
      },
      devDependencies: { ws: '1' },
    }),
  ).toEqual({
    name: 'x',
    version: '1',
    exports: {
      '.': {
        node: { types: './node.d.ts', default: './node.js' },
        default: { types: './index.d.ts', default: './index.js' },
      },
    },
  });
});

test('a module of Node behind the program for browsers is found, however deep', () => {
  const folder = built({
    'index.js': "import { a } from './a.js';\n",
    'a.js': "export * from './b.js';\n",
    'b.js': "import net from 'node:net';\nimport '@cordboard/contract';\n",
  });
  expect(browserFaults(folder, 'index.js', ['@cordboard/contract'])).toEqual(['b.js imports node:net']);
});

test('a package that is no dependency is found; a dependency and its parts are not', () => {
  const folder = built({ 'index.js': "import 'typebox/compile';\nimport 'lodash';\n" });
  expect(browserFaults(folder, 'index.js', ['typebox'])).toEqual(['index.js imports lodash']);
});
