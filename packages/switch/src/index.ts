export type {
  Answering,
  Attached,
  Cause,
  Command,
  CommandMessage,
  CommandResult,
  LegId,
  LegInventory,
  LegMedia,
  OutsideRules,
  Provision,
  Report,
  ReportBody,
  Sound,
  SwitchExtension,
  SwitchSoftphone,
  SwitchStats,
  SwitchTrunk,
  TrunkFigures,
  TrunkStatus,
} from './control/protocol.ts';
export { SwitchRunningError } from './control/socket-path.ts';
export {
  createSwitchClient,
  type SwitchClient,
  SwitchClientClosedError,
  type SwitchClientOptions,
} from './control/switch-client.ts';
export { createMediaEngine } from './media/create-media-engine.ts';
export { encode as encodeSpeech } from './media/g711.ts';
export { demoSounds, ensureDemoSounds } from './media/sounds/ensure-demo-sounds.ts';
export { speak, type Voice } from './media/sounds/speak.ts';
export { readWav } from './media/wav.ts';
export { openSockets } from './sip/transport/sockets.ts';
export { createSwitch, type Switch, type SwitchOptions } from './switch.ts';
