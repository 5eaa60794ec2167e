import type { AgentEvent } from './agent/agent.ts';
import type { CallEvent } from './call/call.ts';
import type { SiteConfiguration } from './configuration/configuration.ts';
import type { DeflectionEvent } from './deflect/deflection.ts';
import type { DispatchEvent } from './dispatch/dispatch.ts';
import type { FlowEvent } from './flow/flow-run.ts';
import type { IntrudeEvent } from './intrude/intrude-event.ts';
import type { LegEvent } from './leg/leg.ts';
import type { MonitorEvent } from './monitor/monitor.ts';
import type { RealTimeEvent } from './real-time/real-time.ts';
import type { RecordingEvent } from './recording/recording.ts';
import type { TimerType } from './timer/timers.ts';
import type { WaitingEvent } from './waiting/waiting.ts';

/** Facts about the site and what it stands on. */
export type HouseEvent =
  | { type: 'configured'; configuration: SiteConfiguration }
  | { type: 'callManagerAttached'; instance: string; seq: number }
  /** a report of the call manager led to the events that follow */
  | { type: 'reportTaken'; seq: number }
  | { type: 'phoneRegistered'; extension: string; address: string }
  | { type: 'phoneUnregistered'; extension: string }
  | { type: 'timerFired'; timer: TimerType; id: number };

/** Everything that can stand in the journal: facts, in the past tense. The state follows from them alone. */
export type SiteEvent =
  | HouseEvent
  | AgentEvent
  | LegEvent
  | CallEvent
  | RecordingEvent
  | DispatchEvent
  | RealTimeEvent
  | FlowEvent
  | WaitingEvent
  | MonitorEvent
  | IntrudeEvent
  | DeflectionEvent;
