/** A package that others install. */
export interface BuiltPackage {
  name: string;
  /** integrators compile against it: declarations go with it, and its root must run in a browser */
  isInterface?: true;
  /** started by this name */
  command?: string;
  /** what goes with the programs: from where in this repository, to where in the package */
  files?: Readonly<Record<string, string>>;
  /** what reads otherwise where the package is installed: in which of those files, from, to */
  rewritten?: Readonly<Record<string, readonly (readonly [from: string, to: string])[]>>;
  /** of those files, what may be imported or loaded by a page */
  exportedFiles?: readonly string[];
}

/** In the order of what they need. */
export const builtPackages: readonly BuiltPackage[] = [
  { name: 'contract', isInterface: true },
  {
    name: 'sdk',
    isInterface: true,
    files: { 'packages/agent/ui/dist/tab-classic.js': 'tab-classic.js' },
    exportedFiles: ['tab-classic.js'],
  },
  { name: 'core' },
  { name: 'switch' },
  {
    name: 'server',
    command: 'cordboard-server',
    files: {
      'packages/server/migrations': 'migrations',
      'packages/server/configuration.schema.json': 'configuration.schema.json',
      'demo/cordboard.yaml': 'example.yaml',
    },
    rewritten: {
      'example.yaml': [
        ['../.cordboard/demo', 'data'],
        ['../packages/server/', 'node_modules/@cordboard/server/'],
      ],
    },
  },
  { name: 'agent', command: 'cordboard-agent', files: { 'packages/agent/ui/dist': 'ui/dist' } },
];
