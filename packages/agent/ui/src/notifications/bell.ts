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
  preferences(): Preferences;
  player: RingPlayer;
  notification: CallSign;
  title: CallSign;
}

/** Rings as long as a call does. Told after each change; what has not changed goes on. */
export const createBell = ({ calls, preferences, player, notification, title }: BellOptions) => {
  let now = 'silent';
  const silence = () => {
    player.stop();
    notification.hide();
    title.hide();
  };
  return {
    update(): void {
      const alarm = alarmOf(calls());
      const next = alarm.type === 'silent' ? alarm.type : `${alarm.type} ${alarm.call.ID}`;
      if (next === now) return;
      now = next;
      silence();
      if (alarm.type === 'silent') return;
      const { ringTone, ringVolume, ringOutput, whileTalking, blink, notifications } = preferences();
      const sound = { volume: ringVolume, output: ringOutput };
      if (alarm.type === 'ring') player.play({ ...sound, parts: ringTones[ringTone], repeat: true });
      else if (whileTalking === 'beep') player.play({ ...sound, parts: beep, repeat: false });
      if (notifications) notification.show(alarm.call);
      if (blink) title.show(alarm.call);
    },
  };
};
