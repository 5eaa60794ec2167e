/**
 * Who may import whom. The picture, from CONTRIBUTING.md:
 *
 *   level 0   contract                      switch         import nothing of ours
 *   level 1   core, sdk                                    import contract
 *   level 2   sim                                          fakes of every port, for tests
 *   level 3   server (with switch), agent (with sdk)
 */
export interface PackageRule {
  /** what its sources may import */
  imports: readonly string[];
  /** what its tests may import beyond that */
  testImports: readonly string[];
  /** no Node, no browser: the language alone */
  pure: boolean;
}

export const graph: Readonly<Record<string, PackageRule>> = {
  contract: { imports: [], testImports: [], pure: true },
  switch: { imports: [], testImports: [], pure: false },
  core: { imports: ['contract'], testImports: [], pure: true },
  sdk: { imports: ['contract'], testImports: [], pure: false },
  sim: { imports: ['contract', 'core', 'sdk'], testImports: [], pure: false },
  server: { imports: ['contract', 'core', 'switch'], testImports: ['sim'], pure: false },
  agent: { imports: ['contract', 'sdk'], testImports: ['sim'], pure: false },
};
