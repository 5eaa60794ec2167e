import { expect, test } from 'vitest';
import { measureAnswers } from './answer-time.ts';

const create = () => {
  const heard: number[] = [];
  let now = 1_000;
  let playing = false;
  const waiting: { at: number; act: () => void }[] = [];
  const answers = measureAnswers({
    now: () => now,
    after: (milliseconds, act) => waiting.push({ at: now + milliseconds, act }),
    heard: milliseconds => heard.push(milliseconds),
  });
  const receiver = { getSynchronizationSources: () => (playing ? [{}] : []) } as unknown as RTCRtpReceiver;
  return {
    answers,
    heard,
    connection: { getReceivers: () => [receiver] },
    play() {
      playing = true;
    },
    pass(milliseconds: number) {
      const until = now + milliseconds;
      for (;;) {
        const next = waiting.findIndex(({ at }) => at <= until);
        const [due] = next < 0 ? [] : waiting.splice(next, 1);
        if (!due) break;
        now = due.at;
        due.act();
      }
      now = until;
    },
  };
};

test('SPH-42 it lasts from the answer until the first sound is played', () => {
  const { answers, connection, pass, play, heard } = create();
  answers.pressed();
  pass(100);
  answers.connected(connection);
  pass(50);
  play();
  pass(20);
  expect(heard).toEqual([155]);
});

test('SPH-42 what nobody pressed for, or long before, is not measured; nor is what is never heard', () => {
  const { answers, connection, pass, play, heard } = create();
  answers.connected(connection);
  answers.pressed();
  pass(20_000);
  answers.connected(connection);
  answers.pressed();
  answers.connected(connection);
  pass(20_000);
  play();
  pass(20_000);
  expect(heard).toEqual([]);
});

test('SPH-42 one answer is measured once', () => {
  const { answers, connection, play, heard } = create();
  play();
  answers.pressed();
  answers.connected(connection);
  answers.connected(connection);
  expect(heard).toEqual([0]);
});
