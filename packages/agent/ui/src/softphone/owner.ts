/**
 * Of the open windows of one application one has the audio (Web Locks, W3C): the first, or the one that took it last.
 *
 *   waiting --nobody has it--> owner --another takes it--> waiting
 *      '------take-------------^
 */
export interface Ownership {
  /** From the window that has it. */
  take(): void;
  /** Somebody else may have it. */
  release(): void;
}

const name = 'cordboard.audio';

/** `changed` is told what is, also at first. Without locks (no secure context) every window has the audio. */
export const ownAudio = (locks: LockManager | undefined, changed: (owner: boolean) => void): Ownership => {
  let released = false;
  let letGo: (() => void) | null = null;
  let queued: AbortController | null = null;

  const hold = () => {
    if (released) return;
    changed(true);
    return new Promise<void>(resolve => {
      letGo = resolve;
    });
  };

  const request = async (options: LockOptions): Promise<void> => {
    let held = false;
    try {
      await locks?.request(name, options, () => {
        held = true;
        return hold();
      });
    } catch (error) {
      // the request was taken back, or the lock was taken from us
      if (!(error instanceof DOMException) || error.name !== 'AbortError') throw error;
    }
    if (!held || released) return;
    letGo = null;
    changed(false);
    queue();
  };

  const queue = () => {
    queued = new AbortController();
    void request({ signal: queued.signal });
  };

  const start = async () => {
    const { held = [] } = (await locks?.query()) ?? {};
    if (released || letGo) return;
    if (held.some(each => each.name === name)) changed(false);
    queue();
  };
  if (locks) void start();
  else changed(true);

  return {
    take() {
      if (!locks || letGo || released) return;
      queued?.abort();
      void request({ steal: true });
    },
    release() {
      released = true;
      queued?.abort();
      letGo?.();
    },
  };
};
