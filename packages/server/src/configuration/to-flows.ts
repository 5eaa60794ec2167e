import type { Flow, FlowStep, WaitingTreatment } from '@cordboard/core';
import type { FlowSection, FlowStepSection, WaitingSection } from './flow-schema.ts';

const kinds = [
  'play',
  'collect',
  'branch',
  'setData',
  'queue',
  'deflect',
  'offerCallback',
  'hangUp',
] as const satisfies (keyof FlowStepSection)[];

/** What a step is: exactly one, which the reference check has seen to. */
export const kindsOf = (step: FlowStepSection): (typeof kinds)[number][] =>
  kinds.filter(kind => step[kind] !== undefined);

export const toFlow = ({ name, numbers, steps }: FlowSection): Flow => ({
  name,
  numbers,
  steps: steps.map(toStep),
});

function toStep(step: FlowStepSection): FlowStep {
  const { label } = step;
  if (step.play !== undefined) return { type: 'play', label, ...step.play };
  if (step.collect !== undefined) return { type: 'collect', label, ...step.collect };
  if (step.branch !== undefined) return { type: 'branch', label, ...step.branch };
  if (step.setData !== undefined) return { type: 'setData', label, ...step.setData };
  if (step.queue !== undefined) return { type: 'queue', label, ...step.queue };
  if (step.deflect !== undefined) return { type: 'deflect', label, ...step.deflect };
  if (step.offerCallback !== undefined) return { type: 'offerCallback', label, ...step.offerCallback };
  return { type: 'hangUp', label };
}

export const toWaiting = ({ overflow, callback, ...waiting }: WaitingSection): WaitingTreatment => ({
  ...waiting,
  overflow: overflow ?? null,
  callback: callback ?? null,
});
