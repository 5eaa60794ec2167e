import { exampleCall, openDesk } from '@cordboard/agent/testing';
import { refused } from '@cordboard/contract';
import { expect, test } from 'vitest';
import { complete } from './complete.ts';
import { createConsole } from './console.ts';
import { runScript } from './script.ts';

test('CLI-20 a script answers the call that rings: it waits for an event and uses what the event says', async () => {
  await using desk = await openDesk();
  desk.gateway.respond('answerCall', ({ callId }: { callId: number }) => {
    desk.gateway.publish('OnCallEvent', exampleCall({ ID: callId, State: 6 }));
    return { ok: true, value: true };
  });
  desk.gateway.respond('hangupCall', () => refused('unknownCall'));
  async function* lines() {
    yield '# rings';
    desk.gateway.publish('OnCallEvent', exampleCall({ ID: 8, State: 2 }));
    desk.gateway.publish('OnCallEvent', exampleCall({ ID: 42 }));
    yield 'wait OnCallEvent State=Offered CallInfo.GroupName=Sales 10s';
    yield 'AnswerCall $ID';
    yield 'wait OnCallEvent ID=42 State=6 10s';
    yield '!hangupCall 9';
    yield 'setReadyStatus false - "Long lunch"';
  }
  const written: string[] = [];
  const code = await runScript(desk.client(), lines(), line => written.push(line), true);
  expect(written.join('\n')).toContain('answerCall -> true');
  expect(written.join('\n')).toContain(
    '#42 Offered incoming from +46812345 Bertil [Sales, waited 12 s] can answer',
  );
  expect(written.join('\n')).toContain('refused: unknownCall. The agent has no session with that id.');
  expect(desk.gateway.received.map(each => [each.method, each.parameters])).toEqual([
    ['answerCall', { callId: 42 }],
    ['hangupCall', { callId: 9 }],
    ['setReadyStatus', { status: false, reasonId: null, reasonName: 'Long lunch' }],
  ]);
  expect(code).toBe(0);
});

const failing: [name: string, line: string, says: string][] = [
  ['a refusal', 'selectTab 99', 'refused: invalidValue'],
  ['a refusal that was expected and did not come', '!makeCall 1', 'makeCall -> true'],
  ['an event that does not come', 'wait OnChatEvent 20ms', 'OnChatEvent did not come within 20 ms'],
  ['an unknown command', 'dance', 'There is no command or method dance'],
  ['an unknown event', 'wait OnNothing', 'wait EVENT [Property=value ...] [30s]'],
  ['a wrong word after wait', 'wait OnCallEvent soon', 'soon is no Property=value'],
  ['an argument of the wrong type', 'answerCall first', 'callId: a whole number'],
  ['a missing argument', 'answerCall', 'callId: missing'],
  ['too many arguments', 'answerCall 1 2', 'answerCall has 1 arguments'],
  ['a list that is none', 'enterCQCodes 1 Voice nothing', 'codes: JSON'],
  ['a wrong boolean', 'setReadyStatus perhaps', 'status: true or false'],
];

test.each(failing)('CLI-21 %s ends a script with code 1', async (_, line, says) => {
  await using desk = await openDesk();
  const written: string[] = [];
  expect(await runScript(desk.client(), [line, 'makeCall 2'], each => written.push(each), true)).toBe(1);
  expect(written.join('\n')).toContain(says);
  expect(
    desk.gateway.received.some(each => 'number' in each.parameters && each.parameters.number === '2'),
  ).toBe(false);
});

test('a person is asked for the arguments that are missing', async () => {
  await using desk = await openDesk();
  const questions: string[] = [];
  const commands = createConsole({
    client: await desk.connected(),
    write: () => {},
    ask: async question => {
      questions.push(question);
      return question.includes('callId') ? '5' : 'some data';
    },
  });
  expect(await commands.run('setPrivateData')).toBe('done');
  expect(questions).toEqual(['  callId: ', '  data: ']);
  expect(desk.gateway.received[0]?.parameters).toEqual({ callId: 5, data: 'some data' });
});

test('results and events are short, and in full after json', async () => {
  await using desk = await openDesk();
  const written: string[] = [];
  const commands = createConsole({
    client: await desk.connected(),
    write: line => written.push(line),
    ask: null,
  });
  desk.gateway.publish('OnCallEvent', exampleCall({ ID: 3 }));
  await expect.poll(() => commands.callIds).toEqual([3]);
  await commands.run('getCalls');
  await commands.run('getUserInformation');
  await commands.run('getNotReadyReasons');
  expect(written.join('\n')).toContain('Anna Andersson at 2001, logged on, voice ready, e-mail not ready');
  expect(written.join('\n')).toContain('ID 5, Name Lunch');
  await commands.run('json');
  desk.gateway.publish('OnCallEvent', exampleCall({ ID: 3, State: 1 }));
  await expect.poll(() => commands.callIds).toEqual([]);
  expect(written.at(-1)).toContain('"StateDescription"');
  await commands.run('refusal');
  expect(written.at(-1)).toBe('nothing was refused');
  expect(await commands.run('quit')).toBe('quit');
});

test('help names every method, and says of one what it needs', async () => {
  await using desk = await openDesk();
  const written: string[] = [];
  const commands = createConsole({ client: desk.client(), write: line => written.push(line), ask: null });
  await commands.run('help');
  expect(written[0]).toContain('hangupActiveCall');
  await commands.run('help StartRecording');
  expect(written[1]).toContain('needs the privilege record');
  await commands.run('help nothing');
  expect(written[2]).toBe('There is no method nothing.');
});

const completions: [line: string, hits: string[]][] = [
  ['answerA', ['answerActiveCall ']],
  ['  ANSWERC', ['answerCall ']],
  ['answerCall ', ['7 ', '12 ']],
  ['answerCall 1', ['12 ']],
  ['wait OnCall', ['OnCallEvent ']],
  ['wait OnCallEvent St', []],
  ['setReadyStatus f', ['false ']],
  ['help quit', ['quit ']],
  ['makeCall ', []],
];

test.each(completions)('completes %j', (line, hits) => {
  expect(complete(line, [7, 12])[0]).toEqual(hits);
});
