export {
  type AgentApplication,
  type AgentApplicationOptions,
  startAgentApplication,
} from './host/agent-application.ts';
export { implementedApplicationMethods } from './host/application-answers.ts';
export type { Door } from './host/door.ts';
export { showWindow } from './host/window/show-window.ts';
export type { AgentLog } from './log/agent-log.ts';
export { implementedTabMethods as implementedWorkspaceMethods } from './tabs/tab-answers.ts';
