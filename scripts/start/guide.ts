import type { FirstPasswords, SiteFacts } from './site-facts.ts';

/** How the window of the demo's agent is to be had. */
export type WindowState =
  /** its address, and whether the browser shows it already */
  | { type: 'open'; url: string; shown: boolean }
  /** an Agent application of this user ran before */
  | { type: 'another'; url: string | null }
  | { type: 'failed' }
  | { type: 'off' };

export interface DemoFacts {
  site: SiteFacts;
  passwords: FirstPasswords;
  window: WindowState;
  /** customers call */
  traffic: boolean;
  /** origin of the script test page and the sample CRM */
  pages: string;
}

const numbersOf = ({ numbers }: SiteFacts): string =>
  numbers.map(({ number, what }) => `${number} ${what}`).join(', ');

const commonLines = ({ gateway }: SiteFacts): string[] => [
  `health ${gateway}/health   metrics ${gateway}/metrics   Ctrl-C ends everything.`,
];

const windowLines = ({ site, window, passwords }: DemoFacts): string[] => {
  const agent = site.users[0];
  if (!agent) return ['  The site has no users.'];
  const logon = `log on as ${agent.logonId}, password ${passwords.ofUser(agent.logonId)}`;
  switch (window.type) {
    case 'open':
      return [
        `  You are ${agent.name}, an agent, and logged on. Your window${window.shown ? ' opens in your browser' : ''}:`,
        '',
        `      ${window.url}`,
      ];
    case 'another':
      return [
        `  An Agent application of yours runs already${window.url ? ':' : '.'} There ${logon}.`,
        ...(window.url ? ['', `      ${window.url}`] : []),
      ];
    case 'failed':
      return [`  The Agent application did not start (see above). npm run agent starts it: ${logon}.`];
    case 'off':
      return [`  npm run agent opens the window of an agent: ${logon}.`];
  }
};

/** What a person needs to take the first call of the demo, in the order in which it is needed. */
export const demoGuide = (facts: DemoFacts): string => {
  const { site, passwords } = facts;
  const agent = site.users[0];
  const phone = (extension: string) =>
    `sip:${extension}@${site.sip}   password ${passwords.ofExtension(extension)}`;
  return [
    '',
    `${site.name} runs.`,
    '',
    ...windowLines(facts),
    '',
    facts.traffic
      ? '  Put on a headset, allow the microphone, press Ready: a customer waits already, or calls within a minute.'
      : '  Put on a headset, allow the microphone, press Ready, and call a service number from a customer’s phone.',
    '',
    `  service numbers     ${numbersOf(site)}`,
    `  a desk phone        ${phone(agent?.extension ?? '')}   (instead of the headset)`,
    `  a customer's phone  ${phone('2010')}`,
    '  a terminal client   npm run agent-client',
    `  pages in tabs       ${facts.pages}/javascript-test/ (every method, every event), ${facts.pages}/sample-crm/`,
    `  other agents        ${site.users
      .slice(1)
      .map(each => each.logonId)
      .join(', ')}, in any browser of this machine: ${site.gateway}/agent/`,
    `  all passwords       ${site.secretsFile}`,
    '',
    ...commonLines(site),
    '',
  ].join('\n');
};

/** What is told of any other site. */
export const siteGuide = (sites: readonly SiteFacts[]): string => {
  const [first] = sites;
  if (!first) return '';
  return [
    '',
    'The server runs.',
    '',
    `  agents               in a browser: ${first.gateway}/agent/`,
    `                       at a desk: npm run agent, with "server": "${first.gateway}" in its settings`,
    ...sites.flatMap(site => [
      `  site ${site.name}`,
      `    phones             sip:EXTENSION@${site.sip}`,
      `    numbers            ${numbersOf(site)}`,
      `    agents             ${site.users.length}; first passwords, where the server made them, in ${site.secretsFile}`,
    ]),
    '',
    ...commonLines(first),
    '',
  ].join('\n');
};
