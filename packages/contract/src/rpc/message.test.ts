import { expect, test } from 'vitest';
import { type Malformed, type Message, parseMessage, printMessage } from './message.ts';

/** What travels, and what it means. Each row is read and printed. */
const golden: [text: string, message: Message][] = [
  [
    '{"jsonrpc":"2.0","id":1,"method":"answerCall","params":{"callId":4711}}',
    { type: 'request', id: 1, method: 'answerCall', parameters: { callId: 4711 } },
  ],
  [
    '{"jsonrpc":"2.0","id":"run:client:7","method":"makeCall","params":{"number":"+46 8 123","name":null}}',
    {
      type: 'request',
      id: 'run:client:7',
      method: 'makeCall',
      parameters: { number: '+46 8 123', name: null },
    },
  ],
  [
    '{"jsonrpc":"2.0","method":"OnRegistrationStatus","params":{"seq":12,"values":[true]}}',
    { type: 'notification', method: 'OnRegistrationStatus', parameters: { seq: 12, values: [true] } },
  ],
  ['{"jsonrpc":"2.0","id":1,"result":true}', { type: 'result', id: 1, value: true }],
  ['{"jsonrpc":"2.0","id":"a","result":null}', { type: 'result', id: 'a', value: null }],
  [
    '{"jsonrpc":"2.0","id":2,"error":{"code":1,"message":"The call is not ringing at this agent.","data":{"reason":"notRinging"}}}',
    { type: 'refusal', id: 2, refusal: { reason: 'notRinging' } },
  ],
  [
    '{"jsonrpc":"2.0","id":2,"error":{"code":1,"message":"The user lacks the privilege that the request needs.","data":{"reason":"missingPrivilege","detail":"record"}}}',
    { type: 'refusal', id: 2, refusal: { reason: 'missingPrivilege', detail: 'record' } },
  ],
  [
    '{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"The message is not JSON."}}',
    { type: 'error', id: null, kind: 'parseError', fault: null },
  ],
  [
    '{"jsonrpc":"2.0","id":3,"error":{"code":-32600,"message":"The message is not a JSON-RPC 2.0 request."}}',
    { type: 'error', id: 3, kind: 'invalidRequest', fault: null },
  ],
  [
    '{"jsonrpc":"2.0","id":3,"error":{"code":-32601,"message":"There is no such method."}}',
    { type: 'error', id: 3, kind: 'unknownMethod', fault: null },
  ],
  [
    '{"jsonrpc":"2.0","id":3,"error":{"code":-32602,"message":"A parameter is missing, unknown or of the wrong type.","data":{"path":"/callId","expected":"must be integer"}}}',
    {
      type: 'error',
      id: 3,
      kind: 'invalidParameters',
      fault: { path: '/callId', expected: 'must be integer' },
    },
  ],
  [
    '{"jsonrpc":"2.0","id":3,"error":{"code":-32603,"message":"The request failed inside; the log of the side that failed says why."}}',
    { type: 'error', id: 3, kind: 'internalError', fault: null },
  ],
];

test.each(golden)('WIR-01 %s', (text, message) => {
  expect(printMessage(message)).toBe(text);
  expect(parseMessage(text)).toEqual(message);
});

const invalid = (id: Malformed['id'] = null): Malformed => ({
  type: 'malformed',
  id,
  kind: 'invalidRequest',
});

const hostile: [text: string, outcome: Message | Malformed][] = [
  ['', { type: 'malformed', id: null, kind: 'parseError' }],
  ['{"jsonrpc":"2.0"', { type: 'malformed', id: null, kind: 'parseError' }],
  ['nonsense', { type: 'malformed', id: null, kind: 'parseError' }],
  ['['.repeat(200_000), { type: 'malformed', id: null, kind: 'parseError' }],
  ['null', invalid()],
  ['7', invalid()],
  ['[{"jsonrpc":"2.0","id":1,"method":"getCalls"}]', invalid()],
  ['{}', invalid()],
  ['{"id":9,"method":"getCalls","params":{}}', invalid(9)],
  ['{"jsonrpc":"1.0","id":9,"method":"getCalls","params":{}}', invalid(9)],
  ['{"jsonrpc":"2.0","id":9,"method":7}', invalid(9)],
  ['{"jsonrpc":"2.0","id":9,"method":"getCalls","params":[1]}', invalid(9)],
  ['{"jsonrpc":"2.0","id":9,"method":"getCalls","params":null}', invalid(9)],
  ['{"jsonrpc":"2.0","id":null,"method":"getCalls"}', invalid()],
  ['{"jsonrpc":"2.0","id":{"a":1},"method":"getCalls"}', invalid()],
  [`{"jsonrpc":"2.0","id":"${'x'.repeat(257)}","method":"getCalls"}`, invalid()],
  [`{"jsonrpc":"2.0","id":9,"method":"${'x'.repeat(129)}"}`, invalid(9)],
  ['{"jsonrpc":"2.0","id":9}', invalid(9)],
  ['{"jsonrpc":"2.0","id":9,"result":true,"error":{"code":1}}', invalid(9)],
  ['{"jsonrpc":"2.0","result":true}', invalid()],
  ['{"jsonrpc":"2.0","id":9,"error":"no"}', invalid(9)],
  [
    '{"jsonrpc":"2.0","id":9,"error":{"code":-1,"message":"unknown code"}}',
    { type: 'error', id: 9, kind: 'internalError', fault: null },
  ],
  [
    '{"jsonrpc":"2.0","id":9,"error":{"code":1,"data":{"reason":"ofALaterRelease"}}}',
    { type: 'refusal', id: 9, refusal: { reason: 'notAvailable', detail: 'unknown reason' } },
  ],
  [
    '{"jsonrpc":"2.0","id":9,"method":"getCalls"}',
    { type: 'request', id: 9, method: 'getCalls', parameters: {} },
  ],
];

const titled = hostile.map(([text, outcome]) => [text.slice(0, 80), text, outcome] as const);

test.each(titled)('WIR-02 what is no message is told apart and never thrown: %s', (_, text, outcome) => {
  expect(parseMessage(text)).toEqual(outcome);
});
