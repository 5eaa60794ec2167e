/** What the agent chose for microphone and speaker, kept by the browser. */
export interface AudioPreferences {
  /** null: the one that the system uses */
  microphone: ChosenDevice | null;
  speaker: ChosenDevice | null;
  echoCancellation: boolean;
  noiseSuppression: boolean;
  autoGainControl: boolean;
}

/** The name, because a browser gives another id to each origin, and the port of the window may be another one tomorrow. */
export interface ChosenDevice {
  id: string;
  name: string;
}

export const usualPreferences: AudioPreferences = {
  microphone: null,
  speaker: null,
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
};

const key = 'cordboard.audio';

const deviceOf = (value: unknown): ChosenDevice | null => {
  if (typeof value !== 'object' || value === null) return null;
  const { id, name } = value as Partial<Record<'id' | 'name', unknown>>;
  return typeof id === 'string' && typeof name === 'string' ? { id, name } : null;
};

export const readPreferences = (storage: Pick<Storage, 'getItem'>): AudioPreferences => {
  let found: unknown;
  try {
    found = JSON.parse(storage.getItem(key) ?? '');
  } catch {
    // nothing was kept, or something else
    return usualPreferences;
  }
  if (typeof found !== 'object' || found === null) return usualPreferences;
  const kept = found as Partial<Record<keyof AudioPreferences, unknown>>;
  const flag = (name: 'echoCancellation' | 'noiseSuppression' | 'autoGainControl') => kept[name] !== false;
  return {
    microphone: deviceOf(kept.microphone),
    speaker: deviceOf(kept.speaker),
    echoCancellation: flag('echoCancellation'),
    noiseSuppression: flag('noiseSuppression'),
    autoGainControl: flag('autoGainControl'),
  };
};

export const keepPreferences = (storage: Pick<Storage, 'setItem'>, preferences: AudioPreferences): void =>
  storage.setItem(key, JSON.stringify(preferences));
