// The floor: a process that sends every line back over a Unix socket, and does nothing else.
import { createServer } from 'node:net';

const [, , endpoint] = process.argv;
createServer(socket => {
  let rest = '';
  socket.setEncoding('utf8');
  socket.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) socket.write(`${JSON.stringify(JSON.parse(line))}\n`);
  });
  socket.on('error', () => socket.destroy());
}).listen(endpoint, () => process.stdout.write('ready\n'));
