import type { SiteEvent } from '../event.ts';
import type { CallDetail } from './detail.ts';

const nothing = { sessionId: 0, agentId: 0, groupId: 0, detail: '', data: '' };

/** The rows of callers who are led, wait, or are sent on. */
export function flowDetailOf(event: SiteEvent): Omit<CallDetail, 'at'> | null {
  switch (event.type) {
    case 'callDeflected': {
      const { callId, sessionId, agentId, groupId, number } = event;
      return { ...nothing, type: 'deflected', callId, sessionId, agentId, groupId, detail: number };
    }
    case 'callDiverted':
      return { ...nothing, type: 'diverted', callId: event.callId, groupId: event.groupId };
    case 'digitsCollected': {
      const { callId, choice, label, digits, flow } = event;
      return { ...nothing, type: 'digits', callId, detail: choice || label || flow, data: digits };
    }
    case 'authenticationStarted': {
      const { callId, sessionId, agentId } = event;
      return { ...nothing, type: 'authenticationStarted', callId, sessionId, agentId };
    }
    case 'authenticationReleased': {
      const { callId, sessionId, agentId, cause } = event;
      return { ...nothing, type: 'authenticationEnded', callId, sessionId, agentId, detail: cause };
    }
    case 'callOverflowed': {
      const { callId, groupId, to } = event;
      return { ...nothing, type: 'overflowed', callId, groupId, detail: targetOf(to) };
    }
    case 'callbackAccepted': {
      const { callId, groupId, number } = event;
      return { ...nothing, type: 'callbackAccepted', callId, groupId, detail: number };
    }
    case 'callbackDialled': {
      const { callId, sessionId, agentId, number, attempt = 1 } = event;
      return {
        ...nothing,
        type: 'callbackDialled',
        callId,
        sessionId,
        agentId,
        detail: number,
        data: `${attempt}`,
      };
    }
    case 'callbackFailed': {
      const { callId, groupId, cause, attempt } = event;
      return { ...nothing, type: 'callbackFailed', callId, groupId, detail: cause, data: `${attempt}` };
    }
    case 'callbackEnded': {
      const { callId, groupId, sessionId, agentId, outcome } = event;
      return { ...nothing, type: 'callbackEnded', callId, groupId, sessionId, agentId, detail: outcome };
    }
    default:
      return null;
  }
}

function targetOf(to: Extract<SiteEvent, { type: 'callOverflowed' }>['to']): string {
  if ('group' in to) return `group ${to.group}`;
  return 'number' in to ? to.number : `agent groups ${to.agentGroups.join(', ')}`;
}
