import { callerOf } from './alarm.ts';
import type { CallSign } from './bell.ts';

export interface SignTexts {
  rings: string;
  unknown: string;
}

/** A notification of the system, while the agent looks at something else. A click brings the window to the front. */
export const systemNotification = (texts: () => SignTexts, onChosen: (callId: number) => void): CallSign => {
  let shown: Notification | null = null;
  return {
    show(call) {
      if (!('Notification' in globalThis) || Notification.permission !== 'granted' || document.hasFocus())
        return;
      const { rings, unknown } = texts();
      const made = new Notification(`${rings}: ${callerOf(call, unknown)}`, {
        body: [call.CallInfo.GroupName, call.CallerName === '' ? '' : call.PhoneNumber]
          .filter(each => each !== '')
          .join(' · '),
        // one for all windows, and one a call
        tag: `cordboard-call-${call.ID}`,
        requireInteraction: true,
        // the window rings by itself
        silent: true,
      });
      made.onclick = () => {
        window.focus();
        onChosen(call.ID);
        made.close();
      };
      shown = made;
    },
    hide() {
      shown?.close();
      shown = null;
    },
  };
};

const blinkMilliseconds = 1_000;

/** The title of the window says who rings, in turn with what it is otherwise; where motion is not wanted it stays. */
export const blinkingTitle = (texts: () => SignTexts): CallSign => {
  const usual = document.title;
  let timer: ReturnType<typeof setInterval> | undefined;
  return {
    show(call) {
      const { rings, unknown } = texts();
      const alarming = `☎ ${rings}: ${callerOf(call, unknown)}`;
      document.title = alarming;
      if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
      timer = setInterval(() => {
        document.title = document.title === usual ? alarming : usual;
      }, blinkMilliseconds);
    },
    hide() {
      clearInterval(timer);
      document.title = usual;
    },
  };
};
