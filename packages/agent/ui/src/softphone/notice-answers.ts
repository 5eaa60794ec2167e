import type { Desk } from '../connection/open-window.ts';

/** The desk, where it is noticed that the agent answers a call. */
export const noticeAnswers = (desk: Desk, answering: () => void): Desk => ({
  ...desk,
  ask: request =>
    desk.ask(client => {
      const noticing = Object.create(client, {
        answerCall: {
          value: (callId: number) => {
            answering();
            return client.answerCall(callId);
          },
        },
      }) as typeof client;
      return request(noticing);
    }),
});
