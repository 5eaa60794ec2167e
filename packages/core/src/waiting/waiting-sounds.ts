import type { Call } from '../call/call.ts';
import type { LegMedia, Sound } from '../ports/call-manager.ts';
import type { SiteState } from '../state.ts';

const files = (names: string[]): Sound[] => names.map(name => ({ type: 'file', name }));

/** Said once, and then the caller is let go. */
export const partingMedia = (sounds: string[]): LegMedia => ({
  type: 'play',
  sounds: files(sounds),
  name: 'parting',
});

/** Who waits hears the greeting, or what was announced last, and then music. */
export function waitingSounds(state: SiteState, call: Call): LegMedia {
  const { service } = call;
  const callback = service?.waiting.callback ?? null;
  if (callback !== null) return partingMedia(callback.sounds);
  const group = state.directory.groups.get(groupIdOf(call));
  const music = { type: 'music', name: musicOf(state, call) } as const;
  const announced = service?.waiting.announcement ?? [];
  if (announced.length > 0) {
    const name = service?.waiting.play;
    return { type: 'play', sounds: [...files(announced), music], ...(name !== undefined && { name }) };
  }
  const greeting = group?.greeting ?? '';
  if (greeting === '' || service?.greeted === true) return { type: 'play', sounds: [music] };
  return { type: 'play', sounds: [{ type: 'file', name: greeting }, music] };
}

/** Of the queue, or of where a personal call waits. */
const groupIdOf = (call: Call): number => call.service?.groupId ?? call.place?.groupId ?? 0;

export const musicOf = (state: SiteState, call: Call): string => {
  const name = state.directory.groups.get(groupIdOf(call))?.music ?? '';
  return name === '' ? 'default' : name;
};
