import { execFile } from 'node:child_process';
import { WAV_HEADER } from '../wav.ts';
import { resampleTo8000 } from './resample.ts';

/** Longer than any greeting takes, ms. */
const patience = 20_000;

/** How somebody speaks, in the words of `espeak-ng`. */
export interface Voice {
  /** language and variant: `en-gb+f2` */
  name: string;
  /** words a minute */
  speed: number;
  /** 0 to 99 */
  pitch: number;
}

const announcer: Voice = { name: 'en-gb', speed: 150, pitch: 50 };

/** The text as speech of 8 kHz by the machine's `espeak-ng`; undefined where there is none. */
export function speak(text: string, voice = announcer): Promise<Int16Array | undefined> {
  return new Promise(resolve => {
    execFile(
      'espeak-ng',
      ['-v', voice.name, '-s', `${voice.speed}`, '-p', `${voice.pitch}`, '--stdout', text],
      { encoding: 'buffer', timeout: patience, maxBuffer: 8_000_000 },
      (error, output) => resolve(error ? undefined : spokenSamples(output)),
    );
  });
}

/** What the program writes: a WAV of mono PCM whose sizes are not filled in. */
export function spokenSamples(file: Buffer): Int16Array | undefined {
  if (file.length <= WAV_HEADER || file.toString('latin1', 0, 4) !== 'RIFF') return undefined;
  const rate = file.readUInt32LE(24);
  if (rate < 8000 || rate > 96_000 || file.readUInt16LE(22) !== 1) return undefined;
  const samples = new Int16Array((file.length - WAV_HEADER) >> 1);
  for (let i = 0; i < samples.length; i++) samples[i] = file.readInt16LE(WAV_HEADER + 2 * i);
  return resampleTo8000(samples, rate);
}
