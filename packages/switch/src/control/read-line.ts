import type {
  Acknowledge,
  Attach,
  Cause,
  Command,
  CommandMessage,
  ControllerLine,
  LegMedia,
  Provision,
  Sound,
  StatsRequest,
  SwitchExtension,
  SwitchSoftphone,
} from './protocol.ts';
import { readTrunks } from './read-trunks.ts';

/** Bounds of what a controller may name. */
const bounds = {
  text: 256,
  id: 256,
  leg: 64,
  sounds: 64,
  digits: 128,
  extensions: 100_000,
  patience: 1_000,
  ringSeconds: 3_600,
};

type Originate = Extract<Command, { type: 'originate' }>;

/** An object of which nothing is known but which fields it may have. */
type Fields = Partial<Record<FieldName, unknown>>;
type FieldName =
  | keyof (Attach & Acknowledge & Provision & StatsRequest & CommandMessage)
  | keyof (Attach['attach'] & Provision['provision'] & SwitchExtension & SwitchSoftphone)
  | 'type'
  | 'leg'
  | 'to'
  | 'uri'
  | 'media'
  | 'with'
  | 'sounds'
  | 'name'
  | 'on'
  | 'digits'
  | 'file'
  | 'cause'
  | 'done'
  | 'sound'
  | 'of'
  | 'whisper'
  | 'number'
  | 'callerNumber'
  | 'callerName'
  | 'answering'
  | 'ringSeconds';

export type ReadLine =
  | { type: 'line'; line: ControllerLine }
  /** a command that can be answered by its id */
  | { type: 'badCommand'; id: string }
  | { type: 'malformed' };

/** Reads one line of a controller. Nothing in it is believed before it was looked at. */
export function readLine(text: string): ReadLine {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return { type: 'malformed' };
    throw error;
  }
  if (!isFields(value)) return { type: 'malformed' };
  if ('command' in value) return readCommandLine(value);
  const line = readOther(value);
  return line === undefined ? { type: 'malformed' } : { type: 'line', line };
}

function readCommandLine(value: Fields): ReadLine {
  const { id } = value;
  if (!isText(id, bounds.id) || id === '') return { type: 'malformed' };
  const command = readCommand(value.command);
  return command === undefined ? { type: 'badCommand', id } : { type: 'line', line: { id, command } };
}

function readOther(value: Fields): ControllerLine | undefined {
  if (value.stats === true) return { stats: true };
  if (isCount(value.ack)) return { ack: value.ack };
  if (isFields(value.attach)) return readAttach(value.attach);
  if (!isFields(value.provision)) return undefined;
  const { realm, extensions, softphones, trunks, outside } = value.provision;
  if (!isPlain(realm, bounds.text) || realm === '' || !Array.isArray(extensions)) return undefined;
  if (extensions.length > bounds.extensions || !extensions.every(isExtension)) return undefined;
  if (softphones !== undefined && !isListOf(softphones, isSoftphone)) return undefined;
  const given = trunks === undefined ? {} : readTrunks(trunks, outside);
  if (given === undefined) return undefined;
  return { provision: { realm, extensions, ...(softphones && { softphones }), ...given } };
}

function readAttach({ epoch, instance, after, patience }: Fields): ControllerLine | undefined {
  if (!isCount(epoch)) return undefined;
  const known = isText(instance, bounds.text) ? { instance } : {};
  const patient = isCount(patience) ? { patience: Math.min(patience, bounds.patience) } : {};
  return { attach: { epoch, ...known, ...(isCount(after) ? { after } : {}), ...patient } };
}

function isExtension(value: unknown): value is SwitchExtension {
  return (
    isFields(value) &&
    isExtensionName(value.extension) &&
    isText(value.ha1, 32) &&
    /^[0-9a-f]{32}$/.test(value.ha1)
  );
}

function isSoftphone(value: unknown): value is SwitchSoftphone {
  return isExtension(value) && 'user' in value && isExtensionName(value.user);
}

function isListOf<Each>(value: unknown, is: (each: unknown) => each is Each): value is Each[] {
  return Array.isArray(value) && value.length <= bounds.extensions && value.every(is);
}

function isExtensionName(value: unknown): value is string {
  return isText(value, bounds.leg) && /^[\w.+*#-]+$/.test(value);
}

/** Undefined for anything that is no command. */
export function readCommand(value: unknown): Command | undefined {
  if (!isFields(value) || !isText(value.leg, bounds.leg) || value.leg === '') return undefined;
  const { leg, type } = value;
  switch (type) {
    case 'alert':
    case 'pickUp':
    case 'stopRecording':
      return { type, leg };
    case 'answer':
    case 'progress':
    case 'setMedia': {
      const media = readMedia(value.media);
      return media && { type, leg, media };
    }
    case 'setHold':
    case 'pauseRecording':
      return typeof value.on === 'boolean' ? { type, leg, on: value.on } : undefined;
    case 'answerTransfer':
      return typeof value.done === 'boolean' ? { type, leg, done: value.done } : undefined;
    case 'announce':
      return isFileName(value.sound) ? { type, leg, sound: value.sound } : undefined;
    case 'sendDigits': {
      const { digits } = value;
      return isText(digits, bounds.digits) && /^[0-9*#A-Da-d,]+$/.test(digits)
        ? { type, leg, digits }
        : undefined;
    }
    case 'startRecording':
      return isFileName(value.file) ? { type, leg, file: value.file } : undefined;
    case 'clear':
      return isCause(value.cause) ? { type, leg, cause: value.cause } : undefined;
    case 'originate':
      return readOriginate(value, leg);
    default:
      return undefined;
  }
}

function readOriginate(value: Fields, leg: string): Command | undefined {
  const { callerNumber, callerName, answering, ringSeconds } = value;
  const to = readDestination(value.to);
  const media = readMedia(value.media);
  if (to === undefined || media === undefined) return undefined;
  if (!isPlain(callerNumber, bounds.text) || !isPlain(callerName, bounds.text)) return undefined;
  if (!isCount(ringSeconds) || ringSeconds < 1 || ringSeconds > bounds.ringSeconds) return undefined;
  if (
    answering !== 'phone' &&
    answering !== 'talk' &&
    answering !== 'autoAnswer' &&
    answering !== 'immediately'
  ) {
    return undefined;
  }
  return { type: 'originate', leg, to, callerNumber, callerName, answering, ringSeconds, media };
}

function readDestination(value: unknown): Originate['to'] | undefined {
  if (!isFields(value)) return undefined;
  if (isExtensionName(value.extension)) return { extension: value.extension };
  const { uri, number } = value;
  if (isPlain(number, bounds.leg) && number !== '') return { number };
  return isText(uri, bounds.text) && /^sip:[^\s<>"?]+$/i.test(uri) ? { uri } : undefined;
}

function readMedia(value: unknown): LegMedia | undefined {
  if (!isFields(value)) return undefined;
  switch (value.type) {
    case 'none':
      return { type: 'none' };
    case 'connected':
      return isText(value.with, bounds.leg) ? { type: 'connected', with: value.with } : undefined;
    case 'conference':
      return isText(value.name, bounds.leg) && value.name !== ''
        ? { type: 'conference', name: value.name }
        : undefined;
    case 'monitor':
      return isText(value.of, bounds.leg) && typeof value.whisper === 'boolean'
        ? { type: 'monitor', of: value.of, whisper: value.whisper }
        : undefined;
    case 'play': {
      const { sounds, name } = value;
      if (!Array.isArray(sounds) || sounds.length > bounds.sounds || !sounds.every(isSound)) return undefined;
      if (name === undefined) return { type: 'play', sounds };
      return isText(name, bounds.leg) ? { type: 'play', sounds, name } : undefined;
    }
    default:
      return undefined;
  }
}

function isSound(value: unknown): value is Sound {
  if (!isFields(value)) return false;
  switch (value.type) {
    case 'silence':
      return true;
    case 'tone':
      return value.name === 'ringback' || value.name === 'busy' || value.name === 'congestion';
    case 'file':
    case 'music':
      return isFileName(value.name);
    default:
      return false;
  }
}

const causes: Record<Cause, true> = {
  normal: true,
  busy: true,
  noAnswer: true,
  rejected: true,
  unknownNumber: true,
  unreachable: true,
  incompatible: true,
  mediaTimeout: true,
  sessionExpired: true,
  switchRestarted: true,
  protocolError: true,
};

function isCause(value: unknown): value is Cause {
  return typeof value === 'string' && Object.hasOwn(causes, value);
}

/** A plain name: no folder, nothing hidden. */
function isFileName(value: unknown): value is string {
  return isText(value, 128) && /^[\w-][\w.-]*$/.test(value);
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown, maximum: number): value is string {
  return typeof value === 'string' && value.length <= maximum;
}

/** Text that may go into a SIP header: no control characters. */
function isPlain(value: unknown, maximum: number): value is string {
  if (!isText(value, maximum)) return false;
  for (let i = 0; i < value.length; i++)
    if (value.charCodeAt(i) < 32 || value.charCodeAt(i) === 127) return false;
  return true;
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
