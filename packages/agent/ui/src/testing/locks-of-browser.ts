interface Request {
  options: LockOptions;
  run: (lock: object | null) => unknown;
  fail(reason: DOMException): void;
  done(): void;
}

/** Web Locks of one name, as far as they are used here. */
export const locksOfBrowser = (): LockManager => {
  let holder: Request | null = null;
  const waiting: Request[] = [];
  const grant = (request: Request) => {
    holder = request;
    void Promise.resolve(request.run({})).then(() => {
      if (holder !== request) return;
      holder = null;
      request.done();
      const next = waiting.shift();
      if (next) grant(next);
    });
  };
  const aborted = () => new DOMException('no', 'AbortError');
  return {
    request: (_name: string, options: LockOptions, run: Request['run']) =>
      new Promise<void>((resolve, reject) => {
        const request: Request = { options, run, fail: reject, done: resolve };
        options.signal?.addEventListener('abort', () => {
          const index = waiting.indexOf(request);
          if (index >= 0) waiting.splice(index, 1);
          if (holder !== request) reject(aborted());
        });
        if (options.steal) {
          holder?.fail(aborted());
          grant(request);
        } else if (options.ifAvailable && holder) {
          run(null);
          resolve();
        } else if (holder) waiting.push(request);
        else grant(request);
      }),
  } as unknown as LockManager;
};
