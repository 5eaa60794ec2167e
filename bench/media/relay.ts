// The floor: sockets of Node that send each packet on to the call's next phone, and do nothing else.
import type { Socket } from 'node:dgram';
import { serveMeasured } from './measured.ts';
import { openSocket } from './socket.ts';

let sockets: Socket[] = [];

serveMeasured({
  async begin({ calls }) {
    return Promise.all(
      calls.map(async phones => {
        const own = await Promise.all(phones.map(openSocket));
        sockets.push(...own);
        own.forEach((socket, index) => {
          const next = (index + 1) % own.length;
          socket.on('message', packet => own[next]?.send(packet, phones[next]?.port ?? 0, '127.0.0.1'));
        });
        return own.map(socket => socket.address().port);
      }),
    );
  },
  async end() {
    for (const socket of sockets) socket.close();
    sockets = [];
  },
});
