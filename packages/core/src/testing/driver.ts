import type { ICall, IUserInformation } from '@cordboard/contract';
import { decide } from '../decide.ts';
import type { SiteEvent } from '../event.ts';
import type { SiteMessage } from '../message.ts';
import type { CallManagerCommand, CallManagerReport, Cause } from '../ports/call-manager.ts';
import type { Answer, Outcome, Publication, SiteRequest, Step } from '../site.ts';
import { restore, type SiteSnapshot, snapshot } from '../snapshot.ts';
import { createSite, type SiteState } from '../state.ts';
import { agentSnapshot } from '../stream/agent-snapshot.ts';
import { nextDue } from '../timer/fire-timers.ts';
import { type SiteOptions, testConfiguration, testExtension, testNumber } from './configuration.ts';

type Body = SiteMessage extends infer Message
  ? Message extends unknown
    ? Omit<Message, 'at'>
    : never
  : never;

/** A service call that an agent talks on. */
export interface Talk {
  id: number;
  caller: string;
  leg: string;
}

/** Who dials; what is not named is empty, and the leg gets a name of its own. */
export interface Dialling {
  leg?: string;
  extension?: string;
  callerNumber?: string;
  callerName?: string;
}

/** A site to test with, its clock, and everything that came out of it. */
export interface Driver {
  readonly state: SiteState;
  now: number;
  /** what would stand in the journal */
  readonly steps: Step<SiteEvent>[];
  readonly commands: CallManagerCommand[];
  readonly published: Publication[];
  /** a phone or trunk that is told to clear says at once that it has; default true */
  clears: boolean;
  send(message: Body): Outcome<SiteEvent>;
  report(report: CallManagerReport): Outcome<SiteEvent>;
  request(agentId: number, request: SiteRequest, requestId?: string): Answer;
  /** lets time pass; timers fire when they are due */
  pass(milliseconds: number): void;
  /** a logged-on agent with an attached application and a registered phone */
  logOn(agentId: number): void;
  ready(agentId: number): void;
  /** an outside caller dials a service group; its leg */
  arrive(groupId: number, callerNumber?: string): string;
  /** a phone or a line dials a number; its leg */
  dials(calledNumber: string, from?: Dialling): string;
  /** the leg that was originated last */
  lastLeg(): string;
  answered(leg: string): void;
  cleared(leg: string, cause?: Cause): void;
  /** the states of one session, in order, as its agent was told; without the same twice in a row */
  states(agentId: number, callId: number): number[];
  calls(agentId: number): ICall[];
  /** a session as its agent was told last */
  call(agentId: number, callId: number): ICall;
  /** the agent as his application has him */
  user(agentId: number): IUserInformation;
  /** logs the agent on, makes him Ready, and lets him answer a call to a service group */
  talk(agentId: number, groupId?: number): Talk;
  /** the same site, saved and restored; what is done to one does not reach the other */
  fork(): Driver;
}

export function createDriver(options: SiteOptions = {}): Driver {
  const driver = drive(createSite(), { now: 1_767_225_600_000, callers: 0, requests: 0 });
  driver.send({ type: 'configure', configuration: testConfiguration(options) });
  return driver;
}

function drive(state: SiteState, given: { now: number; callers: number; requests: number }): Driver {
  let { callers, requests } = given;
  const driver: Driver = {
    state,
    now: given.now,
    steps: [],
    commands: [],
    published: [],
    clears: true,
    send(message) {
      const outcome = decide(state, { at: driver.now, ...message } as SiteMessage);
      if (outcome.events.length > 0) driver.steps.push({ at: outcome.at, events: outcome.events });
      driver.commands.push(...outcome.commands);
      driver.published.push(...outcome.published);
      if (driver.clears) {
        for (const command of outcome.commands) {
          if (command.type === 'clear') driver.cleared(command.leg, command.cause);
        }
      }
      return outcome;
    },
    report(report) {
      return driver.send({ type: 'report', seq: state.callManager.seq + 1, report });
    },
    request(agentId, request, requestId) {
      requests += 1;
      const outcome = driver.send({
        type: 'request',
        agentId,
        requestId: requestId ?? `request-${requests}`,
        request,
      });
      if (outcome.answer === null) throw new Error('a request has an answer');
      return outcome.answer;
    },
    pass(milliseconds) {
      const end = driver.now + milliseconds;
      for (let due = nextDue(state); due !== null && due <= end; due = nextDue(state)) {
        driver.now = Math.max(driver.now, due);
        driver.send({ type: 'timersDue' });
      }
      driver.now = end;
    },
    logOn(agentId) {
      const extension = testExtension(agentId);
      driver.report({ type: 'registered', extension, address: `10.0.0.${agentId % 250}` });
      driver.send({ type: 'logOn', agentId, extension, client: `client-${agentId}` });
      driver.send({ type: 'clientAttached', agentId, client: `client-${agentId}` });
    },
    ready(agentId) {
      driver.request(agentId, { method: 'setReadyStatus', arguments: { status: true } });
    },
    arrive: (groupId, callerNumber = '0441234') =>
      driver.dials(testNumber(groupId), { callerNumber, callerName: 'Customer' }),
    dials(calledNumber, from = {}) {
      callers += 1;
      const { leg = `caller-${callers}`, extension = '', callerNumber = '', callerName = '' } = from;
      const caller = { extension, callerNumber, callerName, remoteAddress: '192.0.2.1' };
      driver.report({ type: 'arrived', leg, calledNumber, ...caller });
      return leg;
    },
    lastLeg: () => driver.commands.findLast(each => each.type === 'originate')?.leg ?? '',
    answered(leg) {
      driver.report({ type: 'answered', leg, remoteAddress: '10.0.0.1' });
    },
    cleared(leg, cause = 'normal') {
      driver.report({ type: 'cleared', leg, cause, byRemote: true });
    },
    states(agentId, callId) {
      const states = driver.calls(agentId).flatMap(each => (each.ID === callId ? [each.State] : []));
      return states.filter((each, index) => each !== states[index - 1]);
    },
    calls: agentId =>
      driver.published.flatMap(({ agentId: to, item }) =>
        to === agentId && item.event === 'OnCallEvent' ? [item.values[0]] : [],
      ),
    call(agentId, callId) {
      const told = driver.calls(agentId).findLast(each => each.ID === callId);
      if (told === undefined) throw new Error(`agent ${agentId} was told of no session ${callId}`);
      return told;
    },
    user(agentId) {
      const agent = agentSnapshot(state, agentId);
      if (agent === null) throw new Error(`there is no agent ${agentId}`);
      return agent.user;
    },
    talk(agentId, groupId = 1) {
      driver.logOn(agentId);
      driver.ready(agentId);
      const caller = driver.arrive(groupId);
      const leg = driver.lastLeg();
      driver.answered(leg);
      return { id: driver.calls(agentId).at(-1)?.ID ?? 0, caller, leg };
    },
    fork: () => {
      const saved = JSON.parse(JSON.stringify(snapshot(state))) as SiteSnapshot;
      return Object.assign(drive(restore(saved), { now: driver.now, callers, requests }), {
        steps: [...driver.steps],
        commands: [...driver.commands],
        published: [...driver.published],
      });
    },
  };
  return driver;
}
