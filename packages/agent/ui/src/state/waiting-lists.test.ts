import { expect, test } from 'vitest';
import { exampleSnapshot, exampleUser, exampleWaitingCall } from '../../../src/testing/examples.ts';
import { waitingLists } from './waiting-lists.ts';

const snapshot = exampleSnapshot({
  dispatch: {
    personalCalls: [],
    commonHoldCalls: [],
    voiceCalls: [
      exampleWaitingCall({ ID: 1, QueueStartTime: '2026-11-22T12:00:05.000Z' }),
      exampleWaitingCall({
        ID: 2,
        ReservedAgentID: exampleUser.RecordID,
        ReservedAgentName: exampleUser.UserName,
      }),
      exampleWaitingCall({ ID: 3, ReservedAgentID: 1, ReservedAgentName: exampleUser.UserName }),
    ],
  },
});

test('WIN-57 what is reserved is the own by the id of the agent: another may have his name', () => {
  const [voice] = waitingLists(snapshot, ['dispatchVoice']);
  expect(voice?.rows.map(each => [each.id, each.mine, each.reservedBy !== ''])).toEqual([
    [2, true, true],
    [3, false, true],
    [1, false, false],
  ]);
});

test('WIN-57 an agent has the lists of his privileges; who waits longest stands first, with his group', () => {
  expect(waitingLists(snapshot, []).map(each => each.kind)).toEqual([]);
  const kinds = waitingLists(snapshot, ['dispatchVoice', 'dispatchPersonal']).map(each => each.kind);
  expect(kinds).toEqual(['voice', 'personal']);
  expect(waitingLists(snapshot, ['dispatchVoice'])[0]?.rows[2]).toMatchObject({
    id: 1,
    title: '+46812345 · Sales',
  });
});
