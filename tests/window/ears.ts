import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openBrowser } from './browser.ts';

/**
 * Debian's Chromium with a microphone that hears the file, and with ears: what its pages play is listened to before it goes to no
 * loudspeaker.
 */
export const openSpeakingBrowser = (toneFile: string): Promise<Browser> =>
  openBrowser({
    ignoreDefaultArgs: ['--mute-audio'],
    args: [
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-audio-capture=${toneFile}`,
      '--autoplay-policy=no-user-gesture-required',
      // a machine whose only network is the loopback has no other candidate
      '--allow-loopback-in-peer-connection',
    ],
  });

/** Runs in the page before its own scripts: an analyser at every stream that comes. */
const ears = `
(() => {
  const heard = [];
  let audio;
  globalThis.connections = [];
  const Native = RTCPeerConnection;
  globalThis.RTCPeerConnection = class extends Native {
    constructor(...given) {
      super(...given);
      globalThis.connections.push(this);
      this.addEventListener('track', ({ track }) => {
        audio ??= new AudioContext();
        void audio.resume();
        const analyser = audio.createAnalyser();
        analyser.fftSize = 4096;
        analyser.smoothingTimeConstant = 0;
        audio.createMediaStreamSource(new MediaStream([track])).connect(analyser);
        heard.push({ connection: this, analyser });
      });
    }
  };
  globalThis.hears = hertz => Math.max(-200, ...heard
    .filter(({ connection }) => connection.connectionState !== 'closed')
    .map(({ analyser }) => {
      const levels = new Float32Array(analyser.frequencyBinCount);
      analyser.getFloatFrequencyData(levels);
      const bin = Math.round((hertz * analyser.fftSize) / audio.sampleRate);
      return Math.max(levels[bin - 1], levels[bin], levels[bin + 1]);
    }));
  const sockets = [];
  const NativeSocket = WebSocket;
  globalThis.WebSocket = class extends NativeSocket {
    constructor(url, protocols) {
      // an address that the policy allows and that refuses: what the policy forbids never closes in Chromium
      if (globalThis.blocked && protocols === 'sip') url = 'ws://' + location.host + '/nowhere';
      super(url, protocols);
      if (protocols === 'sip') sockets.push(this);
    }
  };
  globalThis.cutPhone = () => { for (const each of sockets.splice(0)) each.close(); };
  // a tone is noise to what cleans speech
  if (origin !== 'null') localStorage.setItem('cordboard.audio', JSON.stringify({
    echoCancellation: false, noiseSuppression: false, autoGainControl: false,
  }));
})();`;

/** A page of a browser of its own, as far as what it keeps is concerned. */
export const openSpeakingPage = async (
  browser: Browser,
  microphone: 'allowed' | 'refused',
): Promise<{ context: BrowserContext; page: Page }> => {
  const context = await browser.newContext({
    locale: 'en-GB',
    permissions: microphone === 'allowed' ? ['microphone'] : [],
  });
  await context.addInitScript(ears);
  return { context, page: await context.newPage() };
};

/** Loudness of this frequency in what the page plays, dB: silence is below -80. */
export const pageHears = (page: Page, hertz: number): Promise<number> =>
  page.evaluate(`globalThis.hears(${hertz})`) as Promise<number>;
