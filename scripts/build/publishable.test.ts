import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { browserFaults, importedBy, publishable } from './publishable.ts';

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

const manifest = {
  name: 'x',
  version: '1',
  exports: {
    '.': { node: './src/node.ts', default: './src/index.ts' },
    './main': './src/main.ts',
    './testing': './src/testing/index.ts',
  },
  dependencies: { ws: '8', react: '19', '@scope/part': '1' },
  devDependencies: { '@types/ws': '8' },
};

test('a published interface names programs and types, and nothing for tests', () => {
  expect(publishable(manifest, [], { isInterface: true, exportedFiles: ['one.js'] })).toEqual({
    name: 'x',
    version: '1',
    engines: { node: '>=22.18' },
    exports: {
      '.': {
        node: { types: './lib/node.d.ts', default: './lib/node.js' },
        default: { types: './lib/index.d.ts', default: './lib/index.js' },
      },
      './main': { types: './lib/main.d.ts', default: './lib/main.js' },
      './one.js': './one.js',
    },
    dependencies: {},
  });
});

test('a published program is started by its name, and needs what its programs import', () => {
  expect(publishable(manifest, ['ws', '@scope/part/deep', 'node:fs'], { command: 'start-x' })).toMatchObject({
    bin: { 'start-x': './lib/main.js' },
    exports: { '.': { node: './lib/node.js', default: './lib/index.js' }, './main': './lib/main.js' },
    dependencies: { ws: '8', '@scope/part': '1' },
  });
});

test('imports of programs and declarations are found; what is its own is not', () => {
  const folder = built({
    'index.js': "import './a.js';\nimport { x } from 'ws';\nawait import('@scope/part/deep');\n",
    'a.d.ts': "import type { Y } from 'typebox';\n",
  });
  expect(importedBy(folder).sort()).toEqual(['@scope/part/deep', 'typebox', 'ws']);
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
