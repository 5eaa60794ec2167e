import type { AgentId } from '../site.ts';
import { callOf, type SiteState } from '../state.ts';
import { isoTime } from '../stream/iso-time.ts';
import type { Item } from './dispatch.ts';
import type { ShownItem } from './shown-item.ts';

const nameOf = (state: SiteState, agentId: AgentId): string => state.directory.users.get(agentId)?.name ?? '';

export function projectItem(state: SiteState, item: Item): ShownItem {
  const call = callOf(state, item.callId);
  const { ivrData, ivrLabels } = call;
  const IVRDataString = ivrData.join(',');
  const common = {
    ID: item.id,
    ReservedAgentID: item.reservedBy,
    ReservedAgentName: nameOf(state, item.reservedBy),
    Number: call.callerNumber,
    QueueStartTime: isoTime(item.since),
    IVRData: ivrData,
    IVRLabels: ivrLabels,
    IVRDataString,
    IVRLabelString: ivrLabels.join(','),
  };
  const group = { ServiceGroupID: item.groupId, IVR: IVRDataString };
  switch (item.kind) {
    case 'commonHold':
      return { event: 'OnDispatchCommonHoldCallEvent', value: common };
    case 'voice':
      return {
        event: 'OnDispatchVoiceCallEvent',
        value: { ...common, ...group, CalledNumber: call.calledNumber },
      };
    case 'personal': {
      // who has reserved it stands in it too, beyond the documented properties
      const value = {
        ...common,
        ...group,
        PreferredAgentID: item.ownerId,
        PreferredAgentName: nameOf(state, item.ownerId),
        GeneralCall: item.general,
      };
      return { event: 'OnDispatchPersonalCallEvent', value };
    }
  }
}
