import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { architectureFaults, circlesOfPackage } from './architecture.ts';
import { graph } from './graph.ts';

const root = path.resolve(import.meta.dirname, '../..');
const folders: string[] = [];

/** A checkout in miniature: one package, as given. */
const planted = (name: string, manifest: object, source: string): string => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'cordboard-graph-'));
  folders.push(folder);
  mkdirSync(path.join(folder, 'packages', name, 'src'), { recursive: true });
  writeFileSync(path.join(folder, 'packages', name, 'package.json'), JSON.stringify(manifest));
  writeFileSync(path.join(folder, 'packages', name, 'src', 'index.ts'), source);
  return folder;
};

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

test('every package imports and lists only what the graph allows', () => {
  expect(architectureFaults(root)).toEqual([]);
});

test('an import that the graph forbids is found', () => {
  const folder = planted(
    'sdk',
    { dependencies: { '@cordboard/contract': '*' } },
    "import { decide } from '@cordboard/core';\n",
  );
  expect(architectureFaults(folder)).toEqual([expect.stringContaining('sdk may not import core')]);
});

test('a dynamic import and a re-export are found too', () => {
  const folder = planted(
    'switch',
    {},
    "export * from '@cordboard/contract';\nconst core = await import('@cordboard/core');\n",
  );
  expect(architectureFaults(folder)).toHaveLength(2);
});

test('a dependency list that differs from the graph is found, both ways', () => {
  const folder = planted(
    'core',
    { dependencies: { '@cordboard/switch': '*' } },
    "import '@cordboard/contract';\n",
  );
  expect(architectureFaults(folder)).toEqual([
    'core/package.json lists switch, which the graph forbids',
    'core/package.json does not list contract',
  ]);
});

test('a pure package that imports a module of Node is found', () => {
  const folder = planted('contract', {}, "import { readFileSync } from 'node:fs';\n");
  expect(architectureFaults(folder)).toEqual([expect.stringContaining('is pure and may not import node:fs')]);
});

test('a relative path into another package is found', () => {
  const folder = planted('switch', {}, "import '../../core/src/site.ts';\n");
  expect(architectureFaults(folder)).toEqual([expect.stringContaining('reaches into another package')]);
});

test('a page that imports Node, or its package beyond what is shared, is found', () => {
  const folder = planted('agent', {}, '');
  mkdirSync(path.join(folder, 'packages/agent/ui/src'), { recursive: true });
  writeFileSync(
    path.join(folder, 'packages/agent/ui/src/main.tsx'),
    "import 'node:fs';\nimport '../../src/host/door.ts';\nimport '../../src/model/replica.ts';\nimport './app.tsx';\n",
  );
  expect(architectureFaults(folder)).toEqual([
    expect.stringContaining('may not import node:fs'),
    expect.stringContaining('src/host/door.ts is not for a page'),
  ]);
});

test('a package that the graph does not know is found', () => {
  const folder = planted('helpers', {}, '');
  expect(architectureFaults(folder)).toEqual(['packages/helpers is not in the graph']);
});

test('an import that only a comment shows is none', () => {
  const folder = planted(
    'switch',
    {},
    "/** `import { x } from '@cordboard/core'` */\n// from '@cordboard/core'\n",
  );
  expect(architectureFaults(folder)).toEqual([]);
});

test('two files that import each other are found, also when one needs only a type', () => {
  const folder = planted('switch', {}, "import type { Other } from './other.ts';\n");
  const other = path.join(folder, 'packages/switch/src/other.ts');
  writeFileSync(other, "import { value } from './index.ts';\n");
  expect(architectureFaults(folder)).toEqual(['switch: index.ts, other.ts import each other in a circle']);
  writeFileSync(other, 'export interface Other {}\n');
  expect(architectureFaults(folder)).toEqual([]);
});

test('the circles that are allowed are those that there are', () => {
  for (const [name, { circle }] of Object.entries(graph)) {
    const circles = circlesOfPackage(path.join(root, 'packages', name));
    expect(circles, name).toEqual(circle === undefined ? [] : [circle]);
  }
});

test('the real tree with a planted violation fails', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'cordboard-graph-'));
  folders.push(folder);
  cpSync(path.join(root, 'packages'), path.join(folder, 'packages'), {
    recursive: true,
    filter: source => !source.includes('node_modules'),
  });
  expect(architectureFaults(folder)).toEqual([]);
  writeFileSync(path.join(folder, 'packages/core/src/planted.ts'), "import '@cordboard/server';\n");
  expect(architectureFaults(folder)).toEqual(['packages/core/src/planted.ts: core may not import server']);
  writeFileSync(path.join(folder, 'packages/core/src/planted.ts'), "import './state.ts';\n");
  expect(architectureFaults(folder)).toEqual([]);
  appendFileSync(path.join(folder, 'packages/core/src/state.ts'), "import './planted.ts';\n");
  expect(architectureFaults(folder)).toEqual(['core: planted.ts, state.ts import each other in a circle']);
});
