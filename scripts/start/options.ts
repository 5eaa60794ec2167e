import { parseArgs } from 'node:util';

/** What `npm start` is to start. */
export interface StartOptions {
  /** of the server; null: the demo's */
  config: string | null;
  /** instead of the configuration's data folder */
  data: string | null;
  /** with everything of the demo beside the server: customers who call, and the Agent application of the first agent */
  demo: boolean;
  traffic: boolean;
  window: boolean;
  /** of the demo's Agent application; any free one where it is taken */
  windowPort: number;
  /** of the script test page and the sample CRM; the configuration's tabs name it */
  pagesPort: number;
  /** for the program that is the demo's customers, as they came */
  trafficArguments: string[];
}

export const usage = `npm start                        the demo site, its customers, and the window of an agent
npm start -- --config FILE       another site: its server alone
npm start -- --config FILE --demo    another site with what belongs to the demo

  --data FOLDER              instead of the configuration's data folder
  --no-demo-traffic          no simulated customers
  --calls-per-minute N       of theirs, on the average (2)
  --most-at-once N           in a call at once (4)
  --seed N                   the same seed, the same calls (1)
  --show-demo-traffic        a line for each thing that a customer does
  --no-window                no Agent application: npm run agent starts one
  --window-port N            of its window (8481)
  --pages-port N             of the script test page and the sample CRM (8482)`;

const portOf = (text: string): number | null => {
  const port = Number(text);
  return Number.isInteger(port) && port >= 0 && port <= 65_535 ? port : null;
};

/** Null: not understood, or help is asked for. */
export const readOptions = (given: readonly string[]): StartOptions | null => {
  try {
    const { values } = parseArgs({
      args: [...given],
      options: {
        config: { type: 'string' },
        data: { type: 'string' },
        demo: { type: 'boolean' },
        'no-demo-traffic': { type: 'boolean' },
        'calls-per-minute': { type: 'string' },
        'most-at-once': { type: 'string' },
        seed: { type: 'string' },
        'show-demo-traffic': { type: 'boolean' },
        'no-window': { type: 'boolean' },
        'window-port': { type: 'string', default: '8481' },
        'pages-port': { type: 'string', default: '8482' },
      },
    });
    const demo = values.demo ?? values.config === undefined;
    const passedOn = (['calls-per-minute', 'most-at-once', 'seed'] as const).flatMap(name =>
      values[name] === undefined ? [] : [`--${name}`, values[name]],
    );
    const windowPort = portOf(values['window-port']);
    const pagesPort = portOf(values['pages-port']);
    if (windowPort === null || pagesPort === null) return null;
    return {
      config: values.config ?? null,
      data: values.data ?? null,
      demo,
      traffic: demo && !values['no-demo-traffic'],
      window: demo && !values['no-window'],
      windowPort,
      pagesPort,
      trafficArguments: [...passedOn, ...(values['show-demo-traffic'] ? ['--debug'] : [])],
    };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return null; // an option that there is not
  }
};
