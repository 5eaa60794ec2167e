import type { ICall } from '@cordboard/contract';
import type { Preferences } from '../settings/preferences.ts';
import { alarmOf } from './alarm.ts';
import type { RingPlayer } from './ring-player.ts';
import { beep, ringTones } from './ring-tones.ts';

/** Shows who rings: by the system while another window is in front, or in the title of this one. */
export interface CallSign {
  show(call: ICall): void;
  hide(): void;
}

export interface BellOptions {
  calls(): readonly ICall[];
  /** of the agent's windows this is the one that is heard */
  isHeard(): boolean;
  preferences(): Preferences;
  player: RingPlayer;
  notification: CallSign;
  title: CallSign;
}

/** Rings as long as a call does, and in one window: the others show it. Told after each change; what has not changed goes on. */
export const createBell = ({ calls, isHeard, preferences, player, notification, title }: BellOptions) => {
  let now = 'silent';
  const silence = () => {
    player.stop();
    notification.hide();
    title.hide();
  };
  return {
    update(): void {
      const alarm = alarmOf(calls());
      const heard = isHeard();
      const next = alarm.type === 'silent' ? alarm.type : `${alarm.type} ${alarm.call.ID} ${heard}`;
      if (next === now) return;
      now = next;
      silence();
      if (alarm.type === 'silent') return;
      const { ringTone, ringVolume, ringOutput, whileTalking, blink, notifications } = preferences();
      if (blink) title.show(alarm.call);
      if (!heard) return;
      const sound = { volume: ringVolume, output: ringOutput };
      if (alarm.type === 'ring') player.play({ ...sound, parts: ringTones[ringTone], repeat: true });
      else if (whileTalking === 'beep') player.play({ ...sound, parts: beep, repeat: false });
      if (notifications) notification.show(alarm.call);
    },
  };
};
