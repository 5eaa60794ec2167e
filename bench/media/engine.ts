// The media engine of the switch in a process of its own, told what the switch would tell it.
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createMediaEngine } from '@cordboard/switch';
import { serveMeasured } from './measured.ts';
import type { How, PhonePort } from './messages.ts';

const engine = createMediaEngine({ address: '127.0.0.1', soundFolder: '/nowhere', warmSockets: 320 });
let legs: string[] = [];

const connect = (phones: PhonePort[], media: How['media']): void => {
  const [first, second, third] = phones;
  if (!first || !second) return;
  if (media === 'conference') {
    for (const { leg } of phones) engine.setMedia(leg, { type: 'conference', name: first.leg });
    return;
  }
  engine.setMedia(first.leg, { type: 'connected', with: second.leg });
  if (third) engine.setMedia(third.leg, { type: 'monitor', of: second.leg, whisper: media === 'whispered' });
};

serveMeasured({
  async begin({ calls, how, recordingFolder }) {
    return Promise.all(
      calls.map(async phones => {
        const ports = await Promise.all(phones.map(async ({ leg }) => (await engine.open(leg)).port));
        for (const { leg, port } of phones) {
          legs.push(leg);
          const remote = { address: '127.0.0.1', port, payloadType: 0, telephoneEvent: 101 } as const;
          engine.setRemote(leg, { ...remote, direction: 'sendrecv' });
        }
        connect(phones, how.media);
        const [recorded] = phones;
        if (how.recorded && recorded) {
          engine.startRecording(recorded.leg, path.join(recordingFolder, `${recorded.leg}.wav`));
        }
        return ports;
      }),
    );
  },
  async end() {
    for (const leg of legs) engine.close(leg);
    legs = [];
    // The files of one case are not written in the time of the next.
    while ((await engine.stats()).recordings > 0) await sleep(20);
  },
});
