import { expect, test } from 'vitest';
import type { LegMedia } from '../control/protocol.ts';
import { sine } from './goertzel.ts';
import { codeSound } from './sound-library.ts';
import { createTestExchange } from './test-exchange.ts';
import { hears, type Talker, talk } from './test-talk.ts';

const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
const hertzOf = (id: string): number => 400 + 300 * ids.indexOf(id);
const musicHertz = 2500;
const announcementHertz = 2800;
const voices = [...ids.map(hertzOf), musicHertz, announcementHertz];

interface ModelLeg {
  media: LegMedia;
  mayHear: boolean;
  maySpeak: boolean;
}

/** What is said in SPEC.md and in the protocol, in as few words as possible. */
function expected(legs: Map<string, ModelLeg>, id: string): number[] {
  const says = (of: string): number[] => (legs.get(of)?.maySpeak ? [hertzOf(of)] : []);

  function call(of: string): number[] {
    const media = legs.get(of)?.media;
    if (media?.type === 'play') return [musicHertz];
    if (media?.type === 'connected') {
      const other = legs.get(media.with)?.media;
      return other?.type === 'connected' && other.with === of ? says(media.with) : [];
    }
    if (media?.type !== 'conference') return [];
    return ids
      .filter(
        other =>
          other !== of &&
          legs.get(other)?.media.type === 'conference' &&
          JSON.stringify(legs.get(other)?.media) === JSON.stringify(media),
      )
      .flatMap(says);
  }

  const leg = legs.get(id);
  if (!leg?.mayHear) return [];
  const { media } = leg;
  const monitored = media.type === 'monitor' ? media.of : undefined;
  const own =
    monitored === undefined
      ? call(id)
      : [...says(monitored), ...(legs.get(monitored)?.mayHear ? call(monitored) : [])];
  const whispers = [...legs].flatMap(([other, { media: theirs }]) =>
    theirs.type === 'monitor' && theirs.of === id && theirs.whisper ? says(other) : [],
  );
  return [...new Set([...own, ...whispers])].sort((x, y) => x - y);
}

function randomFrom(seed: number) {
  let state = seed;
  const below = (limit: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  return { below, pick: <T>(list: readonly T[]): T => list[below(list.length)] as T };
}

test.each([1, 2, 3, 4, 5, 6])('MED-43 everybody hears whom the media say, seed %i', seed => {
  const { below, pick } = randomFrom(seed);
  const all = createTestExchange(1000);
  all.sounds.set('music-default', codeSound(sine(musicHertz, 2000, 1600)));
  all.sounds.set('beep', codeSound(sine(announcementHertz, 2000, 480)));
  const legs = new Map<string, ModelLeg>();
  const talkers = new Map<string, Talker>();

  function randomMedia(id: string): LegMedia {
    const other = pick(ids.filter(one => one !== id));
    switch (below(6)) {
      case 0:
        return { type: 'none' };
      case 1:
        return { type: 'play', sounds: [{ type: 'music', name: 'default' }] };
      case 2:
        return legs.has(other) ? { type: 'connected', with: other } : { type: 'none' };
      case 3:
      case 4:
        return { type: 'conference', name: pick(['x', 'y']) };
      default:
        return { type: 'monitor', of: other, whisper: below(2) === 0 };
    }
  }

  function setModel(id: string, media: LegMedia): void {
    const leg = legs.get(id);
    if (!leg) return;
    leg.media = media;
    const partner = media.type === 'connected' ? legs.get(media.with) : undefined;
    if (partner) partner.media = { type: 'connected', with: id };
  }

  function change(id: string): string {
    const leg = legs.get(id);
    if (!leg) {
      const payloadType = pick([0, 8] as const);
      const media: LegMedia = { type: 'none' };
      talkers.set(id, { phone: all.phone(id, media, { payloadType }), hertz: hertzOf(id), payloadType });
      legs.set(id, { media, mayHear: true, maySpeak: true });
      return `${id} comes`;
    }
    const dice = below(12);
    if (dice === 0) {
      all.exchange.close(id);
      legs.delete(id);
      talkers.delete(id);
      return `${id} goes`;
    }
    if (dice === 1) {
      const direction = pick(['sendrecv', 'sendonly', 'recvonly', 'inactive'] as const);
      talkers.get(id)?.phone.agree({ direction });
      leg.mayHear = direction === 'sendrecv' || direction === 'sendonly';
      leg.maySpeak = direction === 'sendrecv' || direction === 'recvonly';
      return `${id} is ${direction}`;
    }
    if (dice === 2) {
      all.exchange.announce(id, 'beep');
      return `announcement to ${id}`;
    }
    const media = randomMedia(id);
    all.exchange.setMedia(id, media);
    setModel(id, media);
    return `${id} ${JSON.stringify(media)}`;
  }

  let sequence = 0;
  const story: string[] = [];
  for (let step = 0; step < 250; step++) {
    for (let changes = 1 + below(3); changes > 0; changes--) story.push(change(pick(ids)));
    for (const { phone } of talkers.values()) phone.heard.length = 0;
    // three announcements, and then the time until a leg whose partner says nothing is sent silence
    const frames = 20;
    talk([...talkers.values()], all.pass, frames, sequence);
    sequence += frames;
    for (const [id, { phone }] of talkers) {
      expect({ story: story.slice(-12), id, hears: hears(phone, voices) }).toEqual({
        story: story.slice(-12),
        id,
        hears: expected(legs, id),
      });
    }
  }
});
