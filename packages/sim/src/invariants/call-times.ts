import { type ICall, SessionState } from '@cordboard/contract';
import { hasSpeech, isOver } from './call-states.ts';

const changes = (before: ICall | undefined, call: ICall): string[] =>
  (['StartTime', 'ConnectedTime', 'EndTime'] as const).flatMap(time =>
    before && before[time] !== null && before[time] !== call[time] ? [`${time} changed`] : [],
  );

const missing = (call: ICall): string[] => {
  const faults: string[] = [];
  const ends = call.State === SessionState.Clerical || call.State === SessionState.Idle;
  if (call.StartTime === null) faults.push('no StartTime');
  if (hasSpeech(call.State) && call.ConnectedTime === null) faults.push('no ConnectedTime');
  if (ends && call.EndTime === null) faults.push('no EndTime');
  return faults;
};

const tooEarly = (call: ICall): string[] =>
  call.EndTime !== null && !isOver(call.State) && call.State !== SessionState.Undefined
    ? ['an EndTime before the end']
    : [];

const backwards = (call: ICall): string[] => {
  const times = [call.StartTime, call.ConnectedTime, call.EndTime].filter(each => each !== null);
  return times.some((time, index) => index > 0 && time < (times[index - 1] ?? ''))
    ? [`times run backwards: ${times.join(', ')}`]
    : [];
};

/** What is wrong with the three times of a call, seen the event before. */
export const timeFaults = (before: ICall | undefined, call: ICall): string[] => [
  ...changes(before, call),
  ...missing(call),
  ...tooEarly(call),
  ...backwards(call),
];
