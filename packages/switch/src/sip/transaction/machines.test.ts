import { describe, expect, test } from 'vitest';
import { createVirtualClock } from '../../testing/virtual-clock.ts';
import { createDriver } from './driver.ts';
import {
  type InviteClientEvent,
  type InviteClientState,
  type InviteClientTimer,
  startInviteClient,
  stepInviteClient,
} from './invite-client.ts';
import {
  type InviteServerEvent,
  type InviteServerState,
  type InviteServerTimer,
  startInviteServer,
  stepInviteServer,
} from './invite-server.ts';
import {
  type NonInviteClientEvent,
  type NonInviteClientState,
  type NonInviteClientTimer,
  startNonInviteClient,
  stepNonInviteClient,
} from './non-invite-client.ts';
import {
  type NonInviteServerEvent,
  type NonInviteServerState,
  startNonInviteServer,
  stepNonInviteServer,
} from './non-invite-server.ts';

/** What a machine did, with the time since its start: "0 send". */
function createTrace() {
  const clock = createVirtualClock(0);
  const seen: string[] = [];
  const note = (what: string) => () => void seen.push(`${clock.now()} ${what}`);
  const actions = {
    send: note('send'),
    sendAck: note('ack'),
    deliver: note('deliver'),
    timeout: note('timeout'),
    ended: note('ended'),
  };
  return {
    clock,
    actions,
    /** what happened since the last look */
    take: () => seen.splice(0),
  };
}

function inviteClient(reliable: boolean) {
  const trace = createTrace();
  const driver = createDriver<InviteClientTimer, InviteClientState, InviteClientEvent>(
    trace.clock,
    trace.actions,
    startInviteClient(reliable),
    (state, event) => stepInviteClient(state, event, reliable),
    timer => ({ type: 'timer', timer }),
  );
  driver.begin();
  return { ...trace, driver, response: (status: number) => driver.take({ type: 'response', status }) };
}

function nonInviteClient(reliable: boolean) {
  const trace = createTrace();
  const driver = createDriver<NonInviteClientTimer, NonInviteClientState, NonInviteClientEvent>(
    trace.clock,
    trace.actions,
    startNonInviteClient(reliable),
    (state, event) => stepNonInviteClient(state, event, reliable),
    timer => ({ type: 'timer', timer }),
  );
  driver.begin();
  return { ...trace, driver, response: (status: number) => driver.take({ type: 'response', status }) };
}

function inviteServer(reliable: boolean) {
  const trace = createTrace();
  const driver = createDriver<InviteServerTimer, InviteServerState, InviteServerEvent>(
    trace.clock,
    trace.actions,
    startInviteServer(),
    (state, event) => stepInviteServer(state, event, reliable),
    timer => ({ type: 'timer', timer }),
  );
  driver.begin();
  return { ...trace, driver, respond: (status: number) => driver.take({ type: 'respond', status }) };
}

function nonInviteServer(reliable: boolean) {
  const trace = createTrace();
  const driver = createDriver<'J', NonInviteServerState, NonInviteServerEvent>(
    trace.clock,
    trace.actions,
    startNonInviteServer(),
    (state, event) => stepNonInviteServer(state, event, reliable),
    timer => ({ type: 'timer', timer }),
  );
  driver.begin();
  return { ...trace, driver, respond: (status: number) => driver.take({ type: 'respond', status }) };
}

describe('INVITE client transaction', () => {
  test('SIP-03 an unanswered INVITE is sent again with doubling intervals for 32 seconds, then times out', () => {
    const { clock, take, driver } = inviteClient(false);
    clock.advance(40_000);
    expect(take()).toEqual([
      '0 send',
      '500 send',
      '1500 send',
      '3500 send',
      '7500 send',
      '15500 send',
      '31500 send',
      '32000 ended',
      '32000 timeout',
    ]);
    expect(driver.state.type).toBe('terminated');
    expect(clock.pending).toBe(0);
  });

  test('SIP-03 nothing is sent again over a reliable transport', () => {
    const { clock, take } = inviteClient(true);
    clock.advance(40_000);
    expect(take()).toEqual(['0 send', '32000 ended', '32000 timeout']);
  });

  test('a provisional response stops sending and waiting', () => {
    const { clock, take, response } = inviteClient(false);
    response(180);
    clock.advance(200_000);
    expect(take()).toEqual(['0 send', '0 deliver']);
  });

  test('each 2xx goes up while accepted, other responses do not, and timer M ends it', () => {
    const { clock, take, response } = inviteClient(false);
    response(200);
    response(200);
    response(486);
    clock.advance(32_000);
    expect(take()).toEqual(['0 send', '0 deliver', '0 deliver', '32000 ended']);
  });

  test('a failure is acknowledged, and again when it comes again', () => {
    const { clock, take, response } = inviteClient(false);
    response(486);
    clock.advance(1_000);
    response(486);
    clock.advance(32_000);
    expect(take()).toEqual(['0 send', '0 ack', '0 deliver', '1000 ack', '32000 ended']);
  });

  test('over a reliable transport a failure ends it at once', () => {
    const { take, response, clock } = inviteClient(true);
    response(486);
    expect(take()).toEqual(['0 send', '0 ended', '0 ack', '0 deliver']);
    expect(clock.pending).toBe(0);
  });
});

describe('non-INVITE client transaction', () => {
  test('SIP-03 an unanswered request is sent again, at most each 4 seconds, for 32 seconds', () => {
    const { clock, take } = nonInviteClient(false);
    clock.advance(40_000);
    const sends = [0, 500, 1500, 3500, 7500, 11500, 15500, 19500, 23500, 27500, 31500];
    expect(take()).toEqual([...sends.map(at => `${at} send`), '32000 ended', '32000 timeout']);
  });

  test('after a provisional response it is sent again each 4 seconds and still times out', () => {
    const { clock, take, response } = nonInviteClient(false);
    response(100);
    clock.advance(33_000);
    expect(take().filter(entry => entry.endsWith('send'))).toHaveLength(9);
    expect(clock.pending).toBe(0);
  });

  test('a final response is delivered once and timer K absorbs the rest', () => {
    const { clock, take, response } = nonInviteClient(false);
    response(200);
    response(200);
    clock.advance(5_000);
    expect(take()).toEqual(['0 send', '0 deliver', '5000 ended']);
  });
});

describe('INVITE server transaction', () => {
  test('its timer for 100 runs out after 200 ms unless a response was given', () => {
    const { clock, driver } = inviteServer(false);
    expect(clock.pending).toBe(1);
    driver.take({ type: 'respond', status: 180 });
    expect(clock.pending).toBe(0);
  });

  test('SIP-04 a retransmitted INVITE gets the last provisional response again', () => {
    const { take, driver, respond } = inviteServer(false);
    driver.take({ type: 'retransmission' });
    respond(100);
    respond(180);
    driver.take({ type: 'retransmission' });
    expect(take()).toEqual(['0 send', '0 send', '0 send']);
  });

  test('a failure is sent again until the ACK, which timer I then absorbs', () => {
    const { clock, take, respond, driver } = inviteServer(false);
    respond(486);
    clock.advance(4_000);
    driver.take({ type: 'ack' });
    driver.take({ type: 'retransmission' });
    clock.advance(5_000);
    expect(take()).toEqual(['0 send', '500 send', '1500 send', '3500 send', '9000 ended']);
  });

  test('SIP-03 without an ACK it gives up after 32 seconds', () => {
    const { clock, take, respond } = inviteServer(false);
    respond(486);
    clock.advance(40_000);
    expect(take().slice(-2)).toEqual(['32000 ended', '32000 timeout']);
    expect(clock.pending).toBe(0);
  });

  test('after a 2xx it absorbs INVITEs, lets the user send its 2xx again, and ends after 32 seconds', () => {
    const { clock, take, respond, driver } = inviteServer(false);
    respond(200);
    driver.take({ type: 'retransmission' });
    clock.advance(500);
    respond(200);
    respond(486);
    clock.advance(40_000);
    expect(take()).toEqual(['0 send', '500 send', '32000 ended']);
  });

  test('over a reliable transport a failure is sent once and the ACK ends it', () => {
    const { clock, take, respond, driver } = inviteServer(true);
    respond(486);
    clock.advance(1_000);
    driver.take({ type: 'ack' });
    expect(take()).toEqual(['0 send', '1000 ended']);
  });
});

describe('non-INVITE server transaction', () => {
  test('SIP-04 a retransmitted request gets the same response again for 32 seconds', () => {
    const { clock, take, respond, driver } = nonInviteServer(false);
    driver.take({ type: 'retransmission' });
    respond(200);
    driver.take({ type: 'retransmission' });
    respond(500);
    clock.advance(32_000);
    expect(take()).toEqual(['0 send', '0 send', '32000 ended']);
  });

  test('over a reliable transport it ends with its response', () => {
    const { take, respond } = nonInviteServer(true);
    respond(200);
    expect(take()).toEqual(['0 ended', '0 send']);
  });
});
