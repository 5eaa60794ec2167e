import type { CallManagerCommand, Outcome, SiteMessage, SiteState } from '@cordboard/core';
import type { Findings } from './findings.ts';

/** What is recorded: one file a leg, and nothing of what is said on hold or while a customer identifies himself. */
export interface RecordingCheck {
  step(message: SiteMessage, outcome: Pick<Outcome<unknown>, 'commands'>, state: SiteState): void;
  /** the state was loaded: what runs is known with the inventory */
  recovered(): void;
}

const speaks: ReadonlySet<string> = new Set(['connected', 'conference']);

export const createRecordingCheck = (findings: Findings): RecordingCheck => {
  /** by leg, the file that runs */
  const running = new Map<string, { file: string; paused: boolean }>();
  const files = new Set<string>();

  const start = (leg: string, file: string) => {
    const other = running.get(leg)?.file ?? file;
    if (other !== file) findings.violated('SYS-128', `leg ${leg} is recorded in ${other} and in ${file}`);
    if (!running.has(leg) && files.has(file)) findings.violated('SYS-128', `file ${file} is begun again`);
    files.add(file);
    running.set(leg, { file, paused: false });
  };

  const carryOut = (command: CallManagerCommand) => {
    const recording = running.get('leg' in command ? command.leg : '');
    if (command.type === 'startRecording') start(command.leg, command.file);
    else if (command.type === 'pauseRecording' && recording) recording.paused = command.on;
    else if (command.type === 'stopRecording' || command.type === 'clear') running.delete(command.leg);
  };

  const takeMessage = (message: SiteMessage) => {
    if (message.type === 'report' && message.report.type === 'cleared') running.delete(message.report.leg);
    if (message.type !== 'inventory') return;
    // what was decided and not written did not happen: its names may come again
    files.clear();
    running.clear();
    for (const { leg, recording, recordingPaused } of message.inventory.legs)
      if (recording) running.set(leg, { file: '', paused: recordingPaused === true });
  };

  return {
    step(message, { commands }, state) {
      takeMessage(message);
      for (const command of commands) carryOut(command);
      for (const [leg, { paused }] of running) {
        const session = state.sessions.get(state.legs.get(leg)?.sessionId ?? 0);
        if (!paused && session && !speaks.has(session.phase.type))
          findings.violated(
            'SYS-128',
            `leg ${leg} is recorded while its call ${session.id} is ${session.phase.type}`,
          );
      }
    },
    recovered() {
      // reports that come again before the inventory are decided again
      files.clear();
      running.clear();
    },
  };
};
