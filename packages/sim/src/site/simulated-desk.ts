import type { AgentSnapshot, ICall, IUserInformation } from '@cordboard/contract';
import { SessionState } from '@cordboard/contract';
import type { Answer, SiteRequest, StreamItem } from '@cordboard/core';
import type { VirtualClock } from '../clock/virtual-clock.ts';
import type { Findings } from '../invariants/findings.ts';
import { createStreamCheck } from '../invariants/stream-check.ts';
import { createLane, type Lane } from '../network/lane.ts';
import type { Desk } from '../people/desk.ts';
import { createDispatchBoard } from '../people/dispatch-board.ts';
import type { Randomness } from '../random/randomness.ts';
import type { SimulatedSite, SiteConnection } from './simulated-site.ts';

export interface SimulatedDesk extends Desk {
  readonly agentId: number;
  readonly items: number;
  /** requests that have no answer yet */
  readonly unanswered: number;
  /** what its programs see, and as of which item; null: it is not connected */
  view(): DeskView | null;
  /** the network between desk and site fails; the application comes back by itself */
  disconnect(): void;
}

export interface DeskView {
  seq: number;
  user: IUserInformation;
  calls: readonly ICall[];
}

interface Connection {
  client: string;
  toSite: Lane<() => void>;
  toDesk: Lane<() => void>;
  atSite: SiteConnection;
}

interface Sent {
  id: string;
  request: SiteRequest;
  answer: Answer | null;
}

/** How many answered requests are remembered, to be sent again as a lost answer would make an application do. */
const rememberedAnswers = 5;

/** An Agent application in little: a connection that breaks, a replica, and requests that are sent until they are answered. */
export const createSimulatedDesk = (options: {
  agentId: number;
  clock: VirtualClock;
  random: Randomness;
  site: SimulatedSite;
  findings: Findings;
  /** chance that something is on the way for seconds */
  slowParcel: number;
}): SimulatedDesk => {
  const { agentId, clock, random, site, findings } = options;
  const name = `agent ${agentId}`;
  const check = createStreamCheck(name, findings);
  const board = createDispatchBoard();
  const pending = new Map<string, Sent>();
  const answered: Sent[] = [];
  let replica: AgentSnapshot | null = null;
  let calls = new Map<number, ICall>();
  let connection: Connection | null = null;
  let requests = 0;
  let client = '';
  let clients = 0;
  /** wants to be connected */
  let atWork = true;

  const latency = () => (random.chance(options.slowParcel) ? random.whole(500, 6_000) : random.whole(1, 40));

  const take = (item: StreamItem) => {
    if (!replica) return;
    if (item.event === 'OnCallEvent') {
      const call = item.values[0];
      findings.note(`${name} call ${call.ID} of caller ${call.PhoneNumber} state ${call.State}`);
      if (call.State === SessionState.Idle) calls.delete(call.ID);
      else calls.set(call.ID, call);
    } else if (item.event === 'OnUserStatusUpdate') {
      replica.user = item.values[0];
    }
    board.take(item);
  };

  const reconnectLater = () => {
    clock.after(random.whole(100, 8_000), () => {
      if (atWork && connection === null && client !== '') connect();
    });
  };

  const drop = (connected: Connection, siteNoticesAfter: number) => {
    connected.toSite.cut();
    connected.toDesk.cut();
    clock.after(siteNoticesAfter, () => {
      site.detach(connected.atSite);
      // who has connected again as the same is not lost
      const isBack = connected.client === client && connection !== null;
      if (!isBack) site.ask({ type: 'clientLost', agentId, client: connected.client }, () => {});
    });
    if (connection !== connected) return;
    connection = null;
    replica = null;
  };

  const send = (sent: Sent) => {
    const connected = connection;
    connected?.toSite.send(() => {
      const { id: requestId, request } = sent;
      site.ask({ type: 'request', agentId, requestId, request }, answer => {
        connected.toDesk.send(() => takeAnswer(sent, answer));
      });
    });
  };

  const takeAnswer = (sent: Sent, answer: Answer | null) => {
    if (answer === null) return findings.violated('SYS-13', `${name}: no answer to ${sent.request.method}`);
    findings.note(`${name} ${sent.request.method} ${sent.id}: ${answer.ok ? 'yes' : answer.refusal.reason}`);
    pending.delete(sent.id);
    if (sent.answer && JSON.stringify(sent.answer) !== JSON.stringify(answer)) {
      findings.violated(
        'SYS-13',
        `${name}: ${sent.request.method} ${sent.id} was answered ${JSON.stringify(sent.answer)}, and now ${JSON.stringify(answer)}`,
      );
    }
    if (sent.answer) return;
    sent.answer = answer;
    answered.push(sent);
    if (answered.length > rememberedAnswers) answered.shift();
  };

  const connect = () => {
    const lane = () => createLane<() => void>(clock, latency, act => act());
    const atSite: SiteConnection = {
      deliver: publication =>
        mine.toDesk.send(() => {
          take(publication.item);
          check.item(publication.seq, publication.item);
        }),
      lost: () => {
        drop(mine, 0);
        if (atWork) reconnectLater();
      },
      stale: () =>
        mine.toDesk.send(() => {
          drop(mine, 0);
          if (client === mine.client) client = '';
        }),
    };
    const mine: Connection = { client, toSite: lane(), toDesk: lane(), atSite };
    connection = mine;
    mine.toSite.send(() =>
      site.attach(agentId, mine.client, atSite, (seq, snapshot) =>
        mine.toDesk.send(() => {
          check.snapshot(seq, snapshot);
          replica = snapshot;
          board.clear();
          calls = new Map(snapshot.calls.map(call => [call.ID, call]));
          for (const sent of pending.values()) send(sent);
        }),
      ),
    );
    // a site that is down says nothing
    clock.after(5_000, () => {
      if (connection !== mine || replica !== null) return;
      drop(mine, 0);
      if (atWork) reconnectLater();
    });
  };

  const logOn = (extension: string) => {
    if (connection !== null && replica === null) return;
    clients += 1;
    const wanted = `${agentId}-${clients}`;
    findings.note(`${name} logs on as ${wanted} at ${extension || 'his own phone'}`);
    const form = random.pick(['application', 'browser'] as const);
    const place = { address: `192.0.2.${random.whole(1, 9)}`, form };
    site.ask({ type: 'logOn', agentId, extension, client: wanted, place }, answer => {
      if (!answer?.ok) return;
      client = wanted;
      // it may have come back in the meantime as the client that it was; the site hears of that one's end when it likes
      if (connection) drop(connection, random.whole(0, 3_000));
      if (atWork) connect();
    });
  };

  return {
    agentId,
    get items() {
      return check.items;
    },
    get unanswered() {
      return pending.size;
    },
    get present() {
      return atWork;
    },
    view: () =>
      replica && {
        seq: check.last ?? 0,
        user: replica.user,
        calls: [...calls.values()],
      },
    user: () => replica?.user ?? null,
    calls: () => [...calls.values()],
    waiting: () => board.items(),
    request(request) {
      requests += 1;
      const repeated = answered[0];
      if (repeated && random.chance(0.02)) return send(repeated);
      const sent: Sent = { id: `${agentId}-${requests}`, request, answer: null };
      pending.set(sent.id, sent);
      send(sent);
    },
    logOn,
    takeOver() {
      findings.note(`${name} goes to another window`);
      logOn('');
    },
    logOff() {
      findings.note(`${name} logs off`);
      connection?.toSite.send(() => site.ask({ type: 'logOff', agentId }, () => {}));
    },
    lose() {
      findings.note(`${name} loses the application`);
      atWork = false;
      if (connection) drop(connection, random.whole(0, 20_000));
    },
    comeBack() {
      atWork = true;
      // the same run of the application, or a new one
      if (random.chance(0.5) && client !== '') connect();
      else logOn('');
    },
    disconnect() {
      if (!connection) return;
      findings.note(`${name} loses the network`);
      drop(connection, random.whole(0, 15_000));
      reconnectLater();
    },
  };
};
