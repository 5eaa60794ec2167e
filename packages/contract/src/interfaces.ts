import {
  ICall,
  ICallInformation,
  ICampaignCallInformation,
  ICampaignCustomerField,
  ICQCode,
} from './interfaces/call.ts';
import {
  IDispatchCampaignCall,
  IDispatchCommonHoldCall,
  IDispatchEmail,
  IDispatchPersonalCall,
  IDispatchSMS,
  IDispatchVoiceCall,
} from './interfaces/dispatch.ts';
import { IChat, IEmail, IOpenMedia, ISMS } from './interfaces/message-session.ts';
import { INotReadyReason, IRealTimeInformation, IUserInformation } from './interfaces/user.ts';
import { ITab, ITemplate } from './interfaces/workspace.ts';

/** The 20 documented interfaces by name, in the seed's order. */
export const interfaces = {
  IUserInformation,
  ICall,
  ICallInformation,
  ICampaignCallInformation,
  IEmail,
  ISMS,
  IOpenMedia,
  IChat,
  IDispatchPersonalCall,
  IDispatchCommonHoldCall,
  IDispatchVoiceCall,
  IDispatchEmail,
  IDispatchSMS,
  IDispatchCampaignCall,
  ICampaignCustomerField,
  INotReadyReason,
  ICQCode,
  IRealTimeInformation,
  ITab,
  ITemplate,
} as const;
