import { parameter } from '../method.ts';
import { Type } from '../schema.ts';
import { callId, request } from './shapes.ts';

/**
 * Methods beyond the documented interface. They are asked, checked, refused and printed as the documented ones are; the
 * census of the documented interface leaves them out.
 */

const ask = request('beyond the documented interface', 'site');

const monitorModes = ['silent', 'whisper', 'barge'] as const;
export type MonitorMode = (typeof monitorModes)[number];
export const MonitorMode = Type.Unsafe<MonitorMode>({ type: 'string', enum: [...monitorModes] });

export const extensionMethods = [
  ask('ParkCall', [callId], {
    tab: true,
    privilege: 'dispatchCommonHold',
    refusals: ['unknownCall', 'notConnected'],
    text: 'Puts a call on common hold, where everybody who subscribes to it may retrieve it. It leaves this agent, and comes back to him when nobody takes it.',
  }),
  ask('SetMonitorMode', [parameter('mode', MonitorMode)], {
    tab: true,
    privilege: 'monitor',
    refusals: ['notMonitoring', 'missingPrivilege', 'notConnected', 'invalidValue'],
    text: 'While monitoring: silent hears both sides, whisper is heard by the agent too, barge by everybody.',
  }),
] as const;
