import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@cordboard/switch/testing';
import { type BaresipControl, type BaresipEvent, openBaresipControl } from './baresip-control.ts';
import { type BaresipAccount, recordingFolder, writeBaresipFolder } from './baresip-folder.ts';
import { amplitudeOf, loudnessOf } from './frequency.ts';
import { findProgram } from './programs.ts';
import { until } from './until.ts';
import { newestRecording, readSamples, sampleCount, samplesPerSecond } from './wav-file.ts';

/** A phone that is not ours: a baresip process with a settings folder of its own. */
export interface Baresip {
  readonly extension: string;
  /** `number` is what a person dials */
  dial(number: string): Promise<void>;
  /** lifts the handset of the call that rings */
  answer(): Promise<void>;
  hangUp(): Promise<void>;
  /** the phone's own hold key: re-INVITE. */
  hold(): Promise<void>;
  resume(): Promise<void>;
  /** the phone's own transfer key: blind, by REFER to this SIP URI */
  transfer(uri: string): Promise<void>;
  /** RFC 4733, one after the other */
  sendDigits(digits: string): Promise<void>;
  /** RFC 4733 digits that have come */
  digitsHeard(): string;
  /** the next event of the type after the one that was waited for last */
  next(type: string, milliseconds?: number): Promise<BaresipEvent>;
  /** every event so far, its type and parameter */
  story(): string[];
  /**
   * The next milliseconds of what it hears: packets that come, not time that passes. Not after a re-INVITE in the call:
   * baresip 1.0 then takes its recorder out of the chain. Ask the other phone, or `hears`.
   */
  listen(milliseconds: number): Promise<Heard>;
  /**
   * How loud this frequency was at most, in any fifth of a second of the call that was dialled or answered last, from 0 to 1.
   * However late it is asked: what was said shortly, while nobody could look, was heard all the same.
   */
  loudest(hertz: number): number;
  /** whether speech comes, by baresip's own count of packets */
  hears(): Promise<boolean>;
  /** samples heard since the call began; it stands still while no speech comes */
  heardSamples(): number;
  /** ends it as by a pulled plug: nothing is said to anybody */
  vanish(): Promise<void>;
  close(): Promise<void>;
}

/** A piece of what a phone heard. */
export interface Heard {
  /** amplitude of this frequency, from 0 to 1 */
  level(hertz: number): number;
  /** root mean square of everything, from 0 to 1 */
  readonly loudness: number;
}

export interface BaresipOptions
  extends Pick<BaresipAccount, 'extension' | 'password' | 'server'>,
    Partial<Pick<BaresipAccount, 'name' | 'answersItself' | 'toneHertz'>> {}

/** Starts a phone. @returns when it is registered, and the digest that asks for was right */
export async function startBaresip(options: BaresipOptions): Promise<Baresip> {
  const program = findProgram('baresip');
  if (program === undefined) throw new Error('baresip is not installed');
  const folder = await mkdtemp(join(tmpdir(), `baresip-${options.extension}-`));
  const controlPort = await freePort();
  await writeBaresipFolder(folder, controlPort, { answersItself: false, toneHertz: 440, ...options });
  const child = spawn(program, ['-f', folder], { stdio: ['ignore', 'pipe', 'pipe'] });
  const output = collect(child);
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()));
  const gone = () => (child.exitCode === null && child.signalCode === null ? false : output());
  // Nothing that a failed test forgets stays behind.
  const killAtExit = () => child.kill('SIGKILL');
  process.once('exit', killAtExit);

  async function end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    child.kill(signal);
    const late = setTimeout(() => child.kill('SIGKILL'), 3_000);
    await ended;
    clearTimeout(late);
    process.off('exit', killAtExit);
    control?.close();
    await rm(folder, { recursive: true, force: true });
  }

  let control: BaresipControl | undefined;
  try {
    control = await openBaresipControl(controlPort, gone);
    await registered(control);
  } catch (error) {
    await end('SIGKILL');
    throw new Error(`baresip ${options.extension} does not start: ${output()}`, { cause: error });
  }
  return {
    ...createPhone(options.extension, folder, control),
    vanish: () => end('SIGKILL'),
    close: () => end('SIGTERM'),
  };
}

function createPhone(
  extension: string,
  folder: string,
  control: BaresipControl,
): Omit<Baresip, 'vanish' | 'close'> {
  let cursor = 0;
  const told = async (name: string, parameters?: string) => void (await control.command(name, parameters));
  const recording = () => newestRecording(recordingFolder(folder), '-dec.wav');
  const heardSamples = () => {
    const file = recording();
    return file === undefined ? 0 : sampleCount(file);
  };
  /** of the call before */
  let earlier: string | undefined;
  const begins = (name: string, parameters?: string) => {
    earlier = recording();
    return told(name, parameters);
  };
  return {
    extension,
    dial: number => begins('dial', number),
    answer: () => begins('accept'),
    hangUp: () => told('hangup'),
    hold: () => told('hold'),
    resume: () => told('resume'),
    transfer: uri => told('transfer', uri),
    async sendDigits(digits) {
      for (const digit of digits) {
        await told('sndcode', digit);
        // baresip drops a digit that comes while it sends another one.
        await new Promise(resolve => setTimeout(resolve, 350));
      }
    },
    next: (type, milliseconds) =>
      until(
        `${extension}: ${type}`,
        () => {
          const index = control.events.findIndex((event, at) => at >= cursor && event.type === type);
          if (index === -1) return undefined;
          cursor = index + 1;
          return control.events[index];
        },
        milliseconds,
      ),
    async listen(milliseconds) {
      const length = (milliseconds * samplesPerSecond) / 1000;
      let file = await until(`${extension} hears something`, recording);
      let from = sampleCount(file);
      await until(
        `${extension} hears ${milliseconds} ms`,
        () => {
          // The first packet of a new call makes a new file, which may come while the one before is looked at.
          const newest = recording() ?? file;
          if (newest !== file) [file, from] = [newest, 0];
          return sampleCount(file) >= from + length;
        },
        milliseconds + 5_000,
      );
      const samples = readSamples(file, from, from + length);
      return { level: hertz => amplitudeOf(hertz, samples), loudness: loudnessOf(samples) };
    },
    loudest(hertz) {
      const file = recording();
      if (file === undefined || file === earlier) return 0;
      const samples = readSamples(file, 0, sampleCount(file));
      const length = samplesPerSecond / 5;
      let most = 0;
      for (let from = 0; from + length <= samples.length; from += length) {
        most = Math.max(most, amplitudeOf(hertz, samples.subarray(from, from + length)));
      }
      return most;
    },
    async hears() {
      const before = await packetsHeard(control);
      await new Promise(resolve => setTimeout(resolve, 300));
      return (await packetsHeard(control)) > before;
    },
    heardSamples,
    digitsHeard: () =>
      control.events
        .filter(event => event.type === 'CALL_DTMF_START')
        .map(event => event.param)
        .join(''),
    story: () => control.events.map(event => `${event.type} ${event.param ?? ''}`.trim()),
  };
}

/** Time of the newest packet that was decoded, in ms, as baresip prints it. */
async function packetsHeard(control: BaresipControl): Promise<number> {
  const text = await control.command('audio_debug');
  const seconds = / rx: [\s\S]*? time = ([\d.]+) sec/.exec(text)?.[1];
  return Math.round(Number(seconds ?? 0) * 1000);
}

/** @throws Error when the registrar refuses or does not answer */
async function registered(control: BaresipControl): Promise<void> {
  await until('the phone is registered', async () => {
    const status = plain(await control.command('reginfo'));
    if (/ ERR /.test(status)) throw new Error(`registration refused: ${status}`);
    return / OK /.test(status);
  });
}

/** Its last words, for the error message. */
function collect(child: ChildProcess): () => string {
  let text = '';
  const take = (piece: Buffer) => {
    text = (text + piece.toString()).slice(-4_000);
  };
  child.stdout?.on('data', take);
  child.stderr?.on('data', take);
  return () => plain(text);
}

function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it colours its lines
  return text.replace(/\u001b\[[\d;]*m/g, '');
}
