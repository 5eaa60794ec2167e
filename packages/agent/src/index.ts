export {
  type AgentApplication,
  type AgentApplicationOptions,
  startAgentApplication,
} from './host/agent-application.ts';
export { applicationAnswers } from './host/application-answers.ts';
