import type { VirtualClock } from '../clock/virtual-clock.ts';
import type { CallManagerLink, CallManagerListener, FakeCallManager, Position } from './fake-call-manager.ts';

/** The server's telephony adapter in little: a link that comes back by itself until it is closed. */
export interface PersistentCallManager {
  attach(options: { epoch: number; after: Position | null; listener: CallManagerListener }): CallManagerLink;
}

export const createPersistentCallManager = (
  callManager: FakeCallManager,
  clock: Pick<VirtualClock, 'after'>,
  pause: () => number,
): PersistentCallManager => ({
  attach({ epoch, after, listener }) {
    let position = after;
    let closed = false;
    let link: CallManagerLink | null = null;
    const connect = () => {
      if (closed) return;
      link = callManager.attach({
        epoch,
        after: position,
        listener: {
          ...listener,
          lost() {
            link = null;
            listener.lost();
            clock.after(pause(), connect);
          },
        },
      });
    };
    connect();
    return {
      execute: (id, command) => link?.execute(id, command),
      acknowledge(next) {
        position = next;
        link?.acknowledge(next);
      },
      close() {
        closed = true;
        link?.close();
      },
    };
  },
});
