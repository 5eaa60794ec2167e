import { createServer, type Socket } from 'node:net';
import type { Controllable } from './controllable.ts';
import { createLineReader } from './line-reader.ts';
import { createLineWriter, usualPatience } from './line-writer.ts';
import type {
  Attach,
  CommandMessage,
  CommandResult,
  ControllerLine,
  Report,
  SwitchLine,
} from './protocol.ts';
import { readLine } from './read-line.ts';
import { createResultMemory } from './result-memory.ts';
import { claimSocketPath, protectSocket } from './socket-path.ts';

export interface ControlServer {
  /** passes a report on to the controller, if one is attached; one that may wait goes with the next line, or after a while */
  publish(report: Report, mayWait: boolean): void;
  readonly attached: boolean;
  close(): Promise<void>;
}

/** A controller that does not read is cut off when this much waits for it; it attaches again and misses nothing. */
const maximumUnsent = 64 << 20;

interface Connection {
  socket: Socket;
  /** of results that are no news, ms */
  patience: number;
  write(line: SwitchLine): void;
  writeLater(line: SwitchLine, patience?: number): void;
}

/** Serves the control protocol on a local socket that only this user can open. */
export async function openControlServer(path: string, controllable: Controllable): Promise<ControlServer> {
  const results = createResultMemory();
  const connections = new Set<Socket>();
  let controller: Connection | undefined;
  let epoch = 0;

  await claimSocketPath(path);
  const server = createServer(socket => {
    connections.add(socket);
    const writer = createLineWriter(socket);
    const connection: Connection = { socket, patience: usualPatience, ...writer };
    const read = createLineReader(text => onLine(connection, text));
    socket.on('data', chunk => {
      if (!read(chunk)) refuse(connection, 'tooLong');
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      connections.delete(socket);
      if (controller === connection) controller = undefined;
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => {
      server.off('error', reject);
      resolve();
    });
  });
  await protectSocket(path);

  function refuse(connection: Connection, refused: 'staleEpoch' | 'malformed' | 'tooLong'): void {
    if (controller === connection) controller = undefined;
    connection.write({ refused });
    // After the refusal has been written.
    setImmediate(() => connection.socket.destroySoon());
  }

  function onLine(connection: Connection, text: string): void {
    const read = readLine(text);
    if (read.type === 'malformed') refuse(connection, 'malformed');
    else if (read.type === 'badCommand') {
      if (controller === connection) connection.write({ id: read.id, ok: false, reason: 'badArgument' });
    } else onRead(connection, read.line);
  }

  function onRead(connection: Connection, line: ControllerLine): void {
    if ('stats' in line) connection.write({ stats: controllable.stats() });
    else if ('attach' in line) attach(connection, line.attach);
    // What a controller that was thrown out had still sent is not done.
    else if (controller !== connection) refuse(connection, 'staleEpoch');
    else if ('ack' in line) controllable.log.acknowledge(line.ack);
    else if ('provision' in line) controllable.provision(line.provision);
    else answer(connection, perform(line));
  }

  /** That a command was taken is no news; a refusal is. */
  function answer(connection: Connection, result: CommandResult): void {
    if (result.ok) connection.writeLater(result, connection.patience);
    else connection.write(result);
  }

  function attach(connection: Connection, asked: Attach['attach']): void {
    if (asked.epoch < epoch) {
      refuse(connection, 'staleEpoch');
      return;
    }
    epoch = asked.epoch;
    if (controller !== undefined && controller !== connection) refuse(controller, 'staleEpoch');
    controller = connection;
    connection.patience = asked.patience ?? usualPatience;
    const same = asked.instance === undefined || asked.instance === controllable.instance;
    const { reports, gap } = controllable.log.after(same ? (asked.after ?? 0) : 0);
    for (const report of reports) connection.write(report);
    const { instance, log } = controllable;
    connection.write({
      attached: { instance, seq: log.seq, gap: gap || !same, ...controllable.inventory() },
    });
  }

  /** A command acts once; sent again it gets the same answer. */
  function perform(message: CommandMessage): CommandResult {
    const known = results.get(message.id);
    if (known !== undefined) return known;
    const reason = controllable.perform(message.command);
    const result: CommandResult =
      reason === undefined ? { id: message.id, ok: true } : { id: message.id, ok: false, reason };
    results.put(result);
    return result;
  }

  return {
    publish(report, mayWait) {
      if (controller === undefined) return;
      if (controller.socket.writableLength > maximumUnsent) controller.socket.destroy();
      else if (mayWait) controller.writeLater(report);
      else controller.write(report);
    },
    get attached() {
      return controller !== undefined;
    },
    close() {
      const closed = new Promise<void>(resolve => server.close(() => resolve()));
      for (const socket of connections) socket.destroySoon();
      return closed;
    },
  };
}
