import {
  implementedApplicationMethods,
  implementedWorkspaceMethods,
} from '../../packages/agent/src/index.ts';
import {
  allMethods,
  camelCase,
  events,
  type MethodName,
  methods,
} from '../../packages/contract/src/index.ts';
import { implementedSiteMethods } from '../../packages/core/src/index.ts';
import { implementedClientMethods } from '../../packages/sdk/src/node.ts';
import { type Source, sourcesOf } from './sources.ts';

/**
 * How well something is tested:
 * - `whole`: a test of the whole system (tests/) uses it through a real AgentClient
 * - `client side`: only a test of packages/agent or packages/sdk does, with a gateway that is made for the test
 */
export type Tested = 'whole' | 'client side' | 'no';

export interface Row {
  name: string;
  by: string;
  implemented: boolean;
  tested: Tested;
}

export interface InterfaceCoverage {
  methods: Row[];
  /** beyond the documented interface */
  extensions: Row[];
  events: Row[];
}

/**
 * A test counts as calling a method where its source has `client.method(`, whatever the client is called, or a command line
 * of the test client that begins with the method's name. Loops over the contract's tables do not count.
 */
const calls = (source: Source, method: string): boolean =>
  new RegExp(`\\.${method}\\(`).test(source.text) ||
  (/agent-client|runScript/.test(source.text) &&
    new RegExp(`['"\`]!?${method}[ '"\`]`, 'i').test(source.text));

/** A test counts as hearing an event where its source names it for a handler, or waits for it. */
const hears = (source: Source, event: string): boolean =>
  new RegExp(`\\b(?:on|once)\\(\\s*'${event}'|wait ${event}\\b`).test(source.text);

const usesClient = ({ text }: Source): boolean =>
  /createAgentClient|openDesk|agent-client|runScript|\.connected\(|\.client\./.test(text);

const testedBy = (
  whole: readonly Source[],
  clientSide: readonly Source[],
  uses: (source: Source) => boolean,
): Tested => {
  if (whole.some(uses)) return 'whole';
  return clientSide.some(uses) ? 'client side' : 'no';
};

const implementedMethods = new Set<MethodName>([
  ...implementedSiteMethods,
  ...implementedApplicationMethods,
  ...implementedClientMethods,
  ...implementedWorkspaceMethods,
]);

/** An event counts as implemented where the package that produces it names it outside its tests. */
const producers: Record<string, string> = {
  site: 'packages/core/src/**/*.ts',
  application: 'packages/agent/src/**/*.ts',
  client: 'packages/sdk/src/**/*.ts',
};

const produced = (root: string, from: string, event: string): boolean =>
  sourcesOf(root, [producers[from] ?? ''], /\.(test|suite)\.ts$|\/testing\//).some(({ text }) =>
    text.includes(`'${event}'`),
  );

/** What can answer nothing but an empty list, or a refusal, until the site has such sessions. */
const emptyWithout: { [Name in MethodName]?: string } = {
  getEmails: 'OnEmailEvent',
  getSMS: 'OnSMSEvent',
  getOpenMedia: 'OnOpenMediaEvent',
  getChats: 'OnChatEvent',
  retrieveDispatchEmail: 'OnDispatchEmailEvent',
  retrieveDispatchSMS: 'OnDispatchSMSEvent',
  retrieveDispatchCampaignCall: 'OnDispatchCampaignCallEvent',
  reserveDispatchCampaignCall: 'OnDispatchCampaignCallEvent',
};

const isImplemented = (root: string, name: MethodName): boolean => {
  const needed = emptyWithout[name];
  return implementedMethods.has(name) && (needed === undefined || produced(root, 'site', needed));
};

export const interfaceCoverage = (root: string): InterfaceCoverage => {
  const whole = sourcesOf(root, ['tests/**/*.ts']).filter(usesClient);
  const clientSide = sourcesOf(root, ['packages/{agent,sdk}/src/**/*.test.ts']).filter(usesClient);
  const rowOf = (method: (typeof allMethods)[number]): Row => {
    const name = camelCase(method.name);
    return {
      name,
      by: method.answeredBy,
      implemented: isImplemented(root, name),
      tested: testedBy(whole, clientSide, source => calls(source, name)),
    };
  };
  return {
    methods: methods.map(rowOf),
    extensions: allMethods.slice(methods.length).map(rowOf),
    events: events.map(event => ({
      name: event.name,
      by: event.from,
      implemented: produced(root, event.from, event.name),
      tested: testedBy(whole, clientSide, source => hears(source, event.name)),
    })),
  };
};

const line = ({ name, by, implemented, tested }: Row): string =>
  [name.padEnd(36), by.padEnd(12), (implemented ? 'yes' : 'no').padEnd(12), implemented ? tested : '-'].join(
    ' ',
  );

const totals = (title: string, rows: readonly Row[]): string => {
  const implemented = rows.filter(row => row.implemented);
  const whole = implemented.filter(row => row.tested === 'whole').length;
  const clientSide = implemented.filter(row => row.tested === 'client side').length;
  return `${title}: ${rows.length}, implemented ${implemented.length}, tested in the whole system ${whole}, on the client side only ${clientSide}`;
};

const table = (title: string, rows: readonly Row[]): string[] => [
  `${title.padEnd(36)} ${'by'.padEnd(12)} ${'implemented'.padEnd(12)} tested`,
  ...rows.map(line),
  '',
];

export const printCoverage = (coverage: InterfaceCoverage): string =>
  [
    'implemented: its table of handlers answers it with more than notAvailable, and it can say more than []; an event: its producer names it.',
    "tested: 'whole' = a test in tests/ uses it through a real AgentClient on a real server; 'client side' = only tests of",
    'packages/agent and packages/sdk do, with a gateway made for the test. Found by reading the sources of the tests.',
    '',
    ...table('method', coverage.methods),
    ...table('event', coverage.events),
    ...table('beyond the documented interface', coverage.extensions),
    totals('methods', coverage.methods),
    totals('events', coverage.events),
    totals('beyond', coverage.extensions),
  ].join('\n');
