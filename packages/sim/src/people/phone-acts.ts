import type { Act } from './act.ts';

/** What an agent does without the application, and with the application itself. */

export const lift: Act =
  ({ handset }) =>
  () =>
    handset.lift();
export const putDown: Act =
  ({ handset }) =>
  () =>
    handset.hangUp();
export const decline: Act =
  ({ handset }) =>
  () =>
    handset.decline();
export const pressHold: Act =
  ({ handset }) =>
  () =>
    handset.hold();
export const pressRetrieve: Act =
  ({ handset }) =>
  () =>
    handset.retrieve();
export const dial: Act =
  ({ handset, habits, random }) =>
  () =>
    handset.dial(random.pick(habits.numbers));
export const pressTransfer: Act =
  ({ handset, habits, random }) =>
  () =>
    handset.transfer(random.chance(0.5) ? '' : random.pick(habits.numbers));
export const logOff: Act =
  ({ desk }) =>
  () =>
    desk.logOff();
export const takeOver: Act =
  ({ desk }) =>
  () =>
    desk.takeOver();
export const lose: Act =
  ({ desk }) =>
  () =>
    desk.lose();
