import { createSocket, type Socket } from 'node:dgram';

/** A bound socket on loopback. Its addresses are literals and are not looked up, as in the switch. */
export const openSocket = (): Promise<Socket> => {
  const socket = createSocket({
    type: 'udp4',
    lookup: (name, _options, done) => done(null, name, 4),
    recvBufferSize: 1 << 17,
  });
  return new Promise(resolve => socket.bind(0, '127.0.0.1', () => resolve(socket)));
};
