import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { hostText } from '../sip/uri.ts';
import { freePort } from './free-port.ts';

/** baresip 1.0 as a phone: a real one, whose SIP and RTP nobody here wrote. */
export interface Baresip {
  /** a command of its menu, as `dial` or `accept` */
  command(name: string, parameters?: string): Promise<void>;
  /** samples at 8 kHz of everything it has heard in its calls so far */
  heard(): Promise<number[]>;
  readonly output: () => string;
  close(): Promise<void>;
}

export function isInstalled(program: string): boolean {
  return spawnSync(program, ['-h'], { stdio: 'ignore' }).error === undefined;
}

export async function startBaresip(options: {
  folder: string;
  extension: string;
  password: string;
  server: { address: string; port: number };
  transport?: 'udp' | 'tcp' | 'tls';
  /** PEM file of those whose word it takes for the switch */
  authorities?: string;
  /** frequency of the tone that it sends */
  tone: number;
  answerMode?: 'manual' | 'auto';
}): Promise<Baresip> {
  const { folder, extension, server } = options;
  const here = server.address.includes(':') ? '::1' : '127.0.0.1';
  const sounds = join(folder, 'heard');
  await mkdir(sounds, { recursive: true });
  const tone = join(folder, 'tone.wav');
  await writeFile(tone, toneFile(options.tone));
  const controlPort = await freePort();
  const config = [
    'poll_method epoll',
    `sip_listen ${hostText(here)}:${await freePort()}`,
    ...(options.authorities === undefined ? [] : [`sip_cafile ${options.authorities}`]),
    `audio_source aufile,${tone}`,
    'audio_player aubridge,phone',
    'audio_alert aubridge,alert',
    'ausrc_srate 8000',
    'auplay_srate 8000',
    `net_interface ${here}`,
    'module_path /usr/lib/baresip/modules',
    ...['g711', 'aufile', 'aubridge', 'sndfile'].map(name => `module ${name}.so`),
    'module_tmp account.so',
    'module_app menu.so',
    'module_app ctrl_tcp.so',
    `snd_path ${sounds}`,
    `ctrl_tcp_listen 127.0.0.1:${controlPort}`,
  ];
  const account = [
    `<sip:${extension}@${hostText(server.address)}:${server.port};transport=${options.transport ?? 'udp'}>`,
    `auth_user=${extension}`,
    `auth_pass=${options.password}`,
    `answermode=${options.answerMode ?? 'manual'}`,
    'regint=60',
  ];
  await writeFile(join(folder, 'config'), `${config.join('\n')}\n`);
  await writeFile(join(folder, 'accounts'), `${account.join(';')}\n`);
  const child: ChildProcess = spawn('baresip', ['-f', folder, '-v'], { stdio: ['pipe', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', chunk => {
      output += chunk;
    });
  }
  const ended = new Promise(resolve => child.once('exit', resolve));
  return {
    output: () => output,
    async command(name, parameters = '') {
      const text = JSON.stringify({ command: name, params: parameters });
      const socket = createConnection(controlPort, '127.0.0.1');
      socket.on('error', () => {});
      await new Promise(resolve => socket.once('connect', resolve));
      // Its control protocol is JSON in netstrings.
      socket.write(`${text.length}:${text},`);
      await new Promise(resolve => socket.once('data', resolve));
      socket.destroy();
    },
    async heard() {
      const files = (await readdir(sounds)).filter(name => name.endsWith('-dec.wav')).sort();
      const samples: number[] = [];
      for (const file of files) {
        const bytes = await readFile(join(sounds, file));
        for (let i = 44; i + 1 < bytes.length; i += 2) samples.push(bytes.readInt16LE(i));
      }
      return samples;
    },
    async close() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** A minute of a tone as WAV, 8 kHz mono: baresip's own sine generator speaks 48 kHz stereo only. */
function toneFile(hertz: number): Buffer {
  const samples = 60 * 8_000;
  const bytes = Buffer.alloc(44 + 2 * samples);
  bytes.write('RIFF', 0);
  bytes.writeUInt32LE(36 + 2 * samples, 4);
  bytes.write('WAVEfmt ', 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(8_000, 24);
  bytes.writeUInt32LE(16_000, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36);
  bytes.writeUInt32LE(2 * samples, 40);
  for (let i = 0; i < samples; i++) {
    bytes.writeInt16LE(Math.round(8_000 * Math.sin((2 * Math.PI * hertz * i) / 8_000)), 44 + 2 * i);
  }
  return bytes;
}
