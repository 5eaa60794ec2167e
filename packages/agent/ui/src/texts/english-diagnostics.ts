/** Texts of the log viewer, the connection page and the support bundle. */
export const englishDiagnostics = {
  log: 'Agent.log',
  upToLevel: 'Up to level',
  direction: 'Kind',
  any: 'All',
  directions: {
    REQ: 'Requests',
    RES: 'Results',
    EVT: 'Events',
    SEEN: 'Handled by a page',
    OUT: 'To the server',
    IN: 'From the server',
  },
  client: 'Program or page',
  contains: 'Contains',
  pause: 'Pause',
  goOn: 'Go on',
  older: 'Older lines',
  export: 'Export what is shown',
  lines: 'lines',
  wholeLine: 'The chosen line',
  chooseLine: 'Choose a line by click or arrow keys to read the whole of it.',
  seenHint:
    'Times of day are UTC, as in the file. "SEEN" says how long an event took from the server until a page had handled it; the clocks of both machines are set off against each other by the round trip, true to half of it.',
};
