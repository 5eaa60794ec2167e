import type { IUserInformation } from '@cordboard/contract';
import { type Agent, extensionOf } from '../agent/agent.ts';
import type { SiteState } from '../state.ts';

/** IUserInformation of the documented interface. */
export function projectUser(state: SiteState, agent: Agent): IUserInformation {
  const user = state.directory.users.get(agent.id);
  const extension = extensionOf(agent);
  const { reason } = agent;
  return {
    ExtensionNumber: extension,
    LoggedOn: agent.presence.type === 'loggedOff' ? 0 : 1,
    LoginID: user?.logonId ?? '',
    UserName: user?.name ?? '',
    ReadyStatus: agent.ready.voice,
    EmailReadyStatus: agent.ready.email,
    OpenMediaReadyStatus: agent.ready.openMedia,
    OASID: state.configuration.site.id,
    OASServerName: state.configuration.site.name,
    ChatReadyStatus: agent.ready.chat,
    RecordID: agent.id,
    VoiceNotReadyReasonID: reason?.id ?? 0,
    VoiceNotReadyReasonString: reason?.name ?? '',
    PhoneIPAddress: state.phones.get(extension)?.address ?? '',
  };
}

export const isRegistered = (state: SiteState, agent: Agent): boolean =>
  state.phones.get(extensionOf(agent))?.registered === true;
