import { ICall } from '../interfaces/call.ts';
import { IChat, IEmail, IOpenMedia, ISMS } from '../interfaces/message-session.ts';
import { list } from './shapes.ts';

/** Seed, "Session Retrieval Commands": answered from the replica, at once. */

const sessions = list('session retrieval', 'application');

export const sessionRetrievalMethods = [
  sessions('GetCalls', [], ICall, {
    tab: true,
    text: 'The voice calls of the agent, those in clerical state too.',
  }),
  sessions('GetEmails', [], IEmail, { tab: true, text: 'The e-mails of the agent.' }),
  sessions('GetSMS', [], ISMS, { tab: true, text: 'The SMS of the agent.' }),
  sessions('GetOpenMedia', [], IOpenMedia, { tab: true, text: 'The open media sessions of the agent.' }),
  sessions('GetChats', [], IChat, { tab: true, text: 'The chats of the agent.' }),
] as const;
