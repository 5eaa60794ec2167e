/**
 * A flow leads a caller, step by step: configured data, run by `run-flow.ts`. Steps follow one another; `next` and the
 * like name the label of another step, '' is the one after it. What follows the last step is the end of the flow.
 */
export interface Flow {
  name: string;
  /** that callers dial */
  numbers: string[];
  steps: FlowStep[];
}

export type FlowStep =
  | PlayStep
  | CollectStep
  | BranchStep
  | SetDataStep
  | QueueStep
  | DeflectStep
  | OfferCallbackStep
  | HangUpStep;

interface Labelled {
  /** '' = nothing goes to it by name */
  label: string;
}

export interface PlayStep extends Labelled {
  type: 'play';
  next: string;
  /** sound files, one after another */
  sounds: string[];
}

/** Asks for digits. A digit breaks off the prompt. */
export interface CollectStep extends Labelled {
  type: 'collect';
  next: string;
  prompt: string[];
  minimumDigits: number;
  maximumDigits: number;
  /** after the prompt */
  firstDigitSeconds: number;
  nextDigitSeconds: number;
  /** ends the input and is not part of it; '' = none */
  terminator: string;
  /** how often it asks in all */
  attempts: number;
  /** heard before it asks again */
  invalid: string[];
  /** the call's IVR field that gets the digits; '' = none */
  field: string;
  /** the digits stand in no record */
  secret: boolean;
  /** the label for each input; with none, every input is right */
  menu: Record<string, string>;
  /** where to go after the last attempt; '' = the flow ends, having failed */
  otherwise: string;
}

export interface BranchStep extends Labelled {
  type: 'branch';
  /** name of opening hours */
  hours: string;
  open: string;
  closed: string;
}

export interface SetDataStep extends Labelled {
  type: 'setData';
  next: string;
  field: string;
  value: string;
}

export interface QueueStep extends Labelled {
  type: 'queue';
  /** service group */
  group: number;
}

export interface DeflectStep extends Labelled {
  type: 'deflect';
  number: string;
}

/** Who presses the digit is called back when it is his turn in the group. */
export interface OfferCallbackStep extends Labelled {
  type: 'offerCallback';
  next: string;
  group: number;
  prompt: string[];
  digit: string;
  /** after the prompt */
  seconds: number;
  /** heard before the caller is let go */
  accepted: string[];
}

export interface HangUpStep extends Labelled {
  type: 'hangUp';
}

/** Where a step with `next` goes on; -1 = there is no such label. */
export function stepAfter(flow: Flow, index: number, label: string): number {
  return label === '' ? index + 1 : flow.steps.findIndex(each => each.label === label);
}
