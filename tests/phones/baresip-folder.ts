import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeToneFile } from './wav-file.ts';

export interface BaresipAccount {
  extension: string;
  password: string;
  /** display name that it calls with */
  name?: string;
  /** SIP address of the switch */
  server: { address: string; port: number };
  /** it lifts the handset by itself: baresip 1.0 knows no header that asks for it, so this is the account's mode */
  answersItself: boolean;
  /** what it says in every call */
  toneHertz: number;
}

export const recordingFolder = (folder: string): string => join(folder, 'heard');

/** Longer than any call of a test: a call ends when its sound does. */
const toneSeconds = 240;

/**
 * The settings folder of one phone. It speaks from a file, writes down what it hears, and does what its control
 * connection says. It has no loudspeaker: baresip hands the sound to its recorder before it would play it.
 */
export async function writeBaresipFolder(
  folder: string,
  controlPort: number,
  account: BaresipAccount,
): Promise<void> {
  const tone = join(folder, 'says.wav');
  await mkdir(recordingFolder(folder), { recursive: true });
  await writeToneFile(tone, account.toneHertz, toneSeconds);
  const settings = [
    'net_interface 127.0.0.1',
    'sip_listen 127.0.0.1:0',
    'module_path /usr/lib/baresip/modules',
    'module g711.so',
    'module aufile.so',
    'module sndfile.so',
    'module_tmp account.so',
    'module_app menu.so',
    'module ctrl_tcp.so',
    `ctrl_tcp_listen 127.0.0.1:${controlPort}`,
    `audio_source aufile,${tone}`,
    `snd_path ${recordingFolder(folder)}`,
    'statmode_default off',
  ];
  const { server, extension, password, name } = account;
  const address = `${name === undefined ? '' : `"${name}" `}<sip:${extension}@${server.address}:${server.port}>`;
  const parameters = [`auth_user=${extension}`, `auth_pass=${password}`, 'regint=300'];
  if (account.answersItself) parameters.push('answermode=auto');
  await writeFile(join(folder, 'config'), `${settings.join('\n')}\n`);
  await writeFile(join(folder, 'accounts'), `${[address, ...parameters].join(';')}\n`, { mode: 0o600 });
  await writeFile(join(folder, 'contacts'), '');
}
