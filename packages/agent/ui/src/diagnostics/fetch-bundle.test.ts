import { type Answer, accepted, deskSettingsMethods, refused } from '@cordboard/contract';
import { expect, test } from 'vitest';
import { fetchBundle } from './fetch-bundle.ts';

const whole = 'PK and the rest';
const prepared = { id: 'b1', fileName: 'a.zip', bytes: whole.length, parts: [] };

const application =
  (piece: (offset: number) => Answer) =>
  async (method: string, parameters: object): Promise<Answer> =>
    method === deskSettingsMethods.prepareBundle
      ? accepted(prepared)
      : piece((parameters as { offset: number }).offset);

test('WIN-97 the window puts the pieces of a bundle together', async () => {
  const ask = application(offset => accepted({ base64: btoa(whole.slice(offset, offset + 4)) }));
  const outcome = await fetchBundle(ask, {});
  expect(outcome).toMatchObject({ type: 'made', bundle: { id: 'b1', fileName: 'a.zip' } });
  expect(outcome.type === 'made' && new TextDecoder().decode(outcome.bundle.content)).toBe(whole);
});

test.each([
  ['a piece is refused', application(() => refused('invalidValue')), 'invalidValue'],
  ['a piece is empty', application(() => accepted({ base64: '' })), 'internalError'],
  ['the application is gone', async () => refused('connectionLost'), 'connectionLost'],
])('where %s there is no bundle, and the reason is told', async (_, ask, reason) =>
  expect(await fetchBundle(ask, {})).toEqual({ type: 'failed', reason }),
);
