import { type JournalFaults, noFaults } from '../site/simulated-journal.ts';

/** What goes wrong around the site; mean milliseconds between two of a kind, 0 = never. */
export interface Troubles {
  journal: JournalFaults;
  /** the site is killed */
  crash: number;
  /** an application loses the network */
  networkBreak: number;
  /** the site loses the call manager for a moment */
  linkBreak: number;
  callManagerRestart: number;
  phoneUnplugged: number;
  /** somebody changes the configuration */
  reconfigure: number;
  /** chance that a report comes a second time */
  reportAgain: number;
  /** chance that something is on the way for seconds */
  slowParcel: number;
}

export const calm: Troubles = {
  journal: noFaults,
  crash: 0,
  networkBreak: 0,
  linkBreak: 0,
  callManagerRestart: 0,
  phoneUnplugged: 0,
  reconfigure: 0,
  reportAgain: 0,
  slowParcel: 0,
};

const badJournal: JournalFaults = { failsBefore: 0.0005, failsAfter: 0.0005, slow: 0.002 };

export const badNetwork: Troubles = {
  ...calm,
  networkBreak: 20_000,
  phoneUnplugged: 60_000,
  slowParcel: 0.002,
};
export const badSite: Troubles = { ...calm, crash: 200_000, journal: badJournal };
export const badCallManager: Troubles = {
  ...calm,
  linkBreak: 100_000,
  callManagerRestart: 400_000,
  reportAgain: 0.02,
};
/** Somebody works on the configuration all the time. */
export const changingHouse: Troubles = { ...calm, reconfigure: 30_000 };

/** Everything at once. */
export const rough: Troubles = {
  journal: badJournal,
  crash: 600_000,
  networkBreak: 30_000,
  linkBreak: 300_000,
  callManagerRestart: 1_200_000,
  phoneUnplugged: 120_000,
  reconfigure: 200_000,
  reportAgain: 0.005,
  slowParcel: 0.001,
};
