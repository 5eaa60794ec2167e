// The floor of dispatch-fan-out: a bare WebSocket server in a process of its own that sends what it hears to everybody.
import { WebSocketServer } from 'ws';

const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
server.on('connection', socket => {
  socket.on('message', data => {
    const text = String(data);
    for (const each of server.clients) each.send(text);
  });
});
server.on('listening', () => {
  const address = server.address();
  console.log(typeof address === 'object' && address !== null ? address.port : '');
});
