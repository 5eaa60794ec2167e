import { connect, type Socket } from 'node:net';
import { createNetstringReader, printNetstring } from './netstring.ts';
import { until } from './until.ts';

/** What baresip tells of itself, under its own names: CALL_INCOMING, CALL_ESTABLISHED, CALL_CLOSED, CALL_DTMF_START ... */
export interface BaresipEvent {
  type: string;
  peeruri?: string;
  peerdisplayname?: string;
  /** digit, reason of the end, kind of SDP: whatever belongs to the type */
  param?: string;
}

export interface BaresipControl {
  /** every event so far */
  readonly events: readonly BaresipEvent[];
  /** the answer's text. @throws Error when baresip refuses the command */
  command(name: string, parameters?: string): Promise<string>;
  close(): void;
}

interface Answer {
  response: true;
  ok: boolean;
  data: string;
  token?: string;
}

/** Opens the connection of module ctrl_tcp, which takes one client; tries until the phone listens or is `gone`. */
export async function openBaresipControl(port: number, gone: () => string | false): Promise<BaresipControl> {
  const socket = await until('baresip takes the control connection', async () => {
    const reason = gone();
    if (reason !== false) throw new Error(`baresip ended: ${reason}`);
    return tryConnect(port);
  });
  const events: BaresipEvent[] = [];
  const waiting = new Map<string, (answer: Answer | 'gone') => void>();
  let tokens = 0;
  const read = createNetstringReader(text => {
    const message = JSON.parse(text) as Answer | (BaresipEvent & { event: true });
    if ('event' in message) events.push(message);
    else waiting.get(message.token ?? '')?.(message);
  });
  socket.on('data', read);
  socket.on('error', () => {}); // a phone that ends is seen by the close that follows
  socket.on('close', () => {
    for (const answered of waiting.values()) answered('gone');
  });

  return {
    events,
    async command(name, parameters = '') {
      const token = `${++tokens}`;
      if (socket.destroyed) throw new Error(`baresip is gone: ${name}`);
      const answered = new Promise<Answer | 'gone'>(resolve => waiting.set(token, resolve));
      socket.write(printNetstring(JSON.stringify({ command: name, params: parameters, token })));
      const answer = await answered.finally(() => waiting.delete(token));
      if (answer === 'gone') throw new Error(`baresip is gone: ${name}`);
      if (!answer.ok) throw new Error(`baresip refuses ${name} ${parameters}: ${answer.data.trim()}`);
      return answer.data;
    },
    close: () => socket.destroy(),
  };
}

function tryConnect(port: number): Promise<Socket | undefined> {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1');
    socket.once('error', () => resolve(undefined));
    socket.once('connect', () => {
      socket.removeAllListeners('error');
      resolve(socket);
    });
  });
}
