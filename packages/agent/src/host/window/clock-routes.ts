import { accepted, type Clock, deskClockMethods, type Route, type ServerTime } from '@cordboard/contract';

/** Answers a window with the server's time. `offset`: its clock less this machine's, in milliseconds; null = not measured yet. */
export const clockRoutes = (clock: Pick<Clock, 'now'>, offset: () => number | null) =>
  new Map<string, Route>([
    [
      deskClockMethods.getServerTime,
      {
        check: () => null,
        run() {
          const ahead = offset();
          return accepted<ServerTime>({ now: ahead === null ? null : clock.now() + ahead });
        },
      },
    ],
  ]);
