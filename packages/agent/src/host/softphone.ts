import {
  type Answer,
  AnswerReport,
  accepted,
  brokerMethods,
  type Clock,
  checkOf,
  deskSoftphoneMethods,
  type LaunchParameters,
  type Route,
  refused,
  SoftphoneGrant,
} from '@cordboard/contract';
import type { AgentLog } from '../log/agent-log.ts';
import { createAnswerTimes } from './answer-times.ts';

/** What is kept on this machine from one run to the next. */
export interface SoftphoneMemory {
  /** 1: the softphone was used last; 0: a desk phone, or nothing yet */
  last(): 0 | 1;
  remember(softphone: 0 | 1): void;
  /** WebSocket of the switch, as told last; '' = none was */
  socket(): string;
  rememberSocket(url: string): void;
}

export const noMemory: SoftphoneMemory = {
  last: () => 0,
  remember: () => {},
  socket: () => '',
  rememberSocket: () => {},
};

export interface SoftphoneOptions {
  memory: SoftphoneMemory;
  log: AgentLog;
  clock: Clock;
  /** asks the server; not logged, for the answer is a secret */
  ask(method: string): Promise<Answer>;
  /** of the server, as this machine reaches it */
  serverHost(): string;
}

/** The choice between desk phone and softphone, and what the window needs to be the phone. */
export interface Softphone {
  /** the phone of this logon is the window */
  readonly chosen: boolean;
  /** the one used last was the window */
  readonly last: boolean;
  /** what pages may connect to beside the application; '' = nothing */
  readonly socket: string;
  /** of a logon: 1 softphone, 0 desk phone, else the one used last */
  choose(parameters: LaunchParameters): void;
  readonly routes: ReadonlyMap<string, Route>;
}

const check = checkOf(SoftphoneGrant);
const anything = (): null => null;

/** A switch that listens everywhere says so: it is where the server is. */
const reachable = (webSocket: string, serverHost: string): string | null => {
  if (!URL.canParse(webSocket)) return null;
  const url = new URL(webSocket);
  if (url.protocol !== 'ws:' && url.protocol !== 'wss:') return null;
  if (['0.0.0.0', '[::]'].includes(url.hostname)) url.hostname = serverHost;
  return `${url.protocol}//${url.host}${url.pathname === '/' ? '' : url.pathname}`;
};

export const createSoftphone = ({ memory, log, clock, ...options }: SoftphoneOptions): Softphone => {
  const times = createAnswerTimes();
  let chosen = false;
  let socket = memory.socket();

  const getSoftphone = async (): Promise<Answer<SoftphoneGrant>> => {
    if (!chosen) return refused('notAvailable', 'the agent is at a desk phone');
    const answer = await options.ask(brokerMethods.softphone);
    if (!answer.ok) return answer;
    if (check(answer.value)) return refused('internalError', 'credentials that nobody can use');
    const grant = answer.value as SoftphoneGrant;
    const webSocket = reachable(grant.webSocket, options.serverHost());
    if (webSocket === null) return refused('internalError', 'the switch is at no WebSocket');
    if (webSocket !== socket) memory.rememberSocket(webSocket);
    socket = webSocket;
    return accepted({ ...grant, webSocket });
  };

  return {
    get chosen() {
      return chosen;
    },
    get last() {
      return memory.last() === 1;
    },
    get socket() {
      return socket;
    },
    choose({ softphone }) {
      const given = softphone === 0 || softphone === 1 ? softphone : null;
      chosen = (given ?? memory.last()) === 1;
      if (given !== null) memory.remember(given);
    },
    routes: new Map<string, Route>([
      [deskSoftphoneMethods.getSoftphone, { check: anything, run: getSoftphone }],
      [
        deskSoftphoneMethods.reportAnswer,
        {
          check: checkOf(AnswerReport),
          run({ milliseconds }: AnswerReport) {
            const figures = times.add(milliseconds, clock.now());
            log.info('heard after the answer', { ...figures });
            return accepted(figures);
          },
        },
      ],
    ]),
  };
};
