/**
 * Of the open windows of one application one has something, as the audio (Web Locks, W3C): the first, or the one that took it last.
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

/** `changed` is told what is, also at first. Without locks (no secure context) every window has it. */
export const ownAlone = (
  name: string,
  locks: LockManager | undefined,
  changed: (owner: boolean) => void,
): Ownership => {
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
      await locks?.request(name, options, lock => {
        if (lock === null) return;
        held = true;
        return hold();
      });
    } catch (error) {
      // the request was taken back, or the lock was taken from us
      if (!(error instanceof DOMException) || error.name !== 'AbortError') throw error;
      if (!held) return;
    }
    if (released) return;
    letGo = null;
    changed(false);
    queue();
  };

  const queue = () => {
    queued = new AbortController();
    void request({ signal: queued.signal });
  };

  // not by asking who has it first: of two windows that are opened at once, as after a log-on, one would never be told
  if (locks) void request({ ifAvailable: true });
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

export const ownAudio = (locks: LockManager | undefined, changed: (owner: boolean) => void): Ownership =>
  ownAlone('cordboard.audio', locks, changed);
