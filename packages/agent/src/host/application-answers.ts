import {
  type Answer,
  type ApplicationMethodName,
  accepted,
  type NamedArgumentsOf,
  refused,
} from '@cordboard/contract';
import type { Replica } from '../model/replica.ts';

export type ApplicationAnswers = {
  [Name in ApplicationMethodName]: (parameters: NamedArgumentsOf<Name>) => Answer;
};

/** Answers from the replica, on the spot. */
export const applicationAnswers = (
  replica: () => Replica | null,
  closeApplication: () => void,
): ApplicationAnswers => {
  const read = (value: (snapshot: Replica['snapshot']) => unknown) => (): Answer => {
    const current = replica();
    return current ? accepted(value(current.snapshot)) : refused('notLoggedOn');
  };
  return {
    getUserInformation: read(snapshot => snapshot.user),
    isRegistered: () => accepted(true),
    closeApplication() {
      closeApplication();
      return accepted(null);
    },
    canMakeCall: read(snapshot => snapshot.abilities.canMakeCall),
    canConference: read(snapshot => snapshot.abilities.canConference),
    canTransfer: read(snapshot => snapshot.abilities.canTransfer),
    getNotReadyReasons: read(snapshot => snapshot.notReadyReasons),
    getCQCodes({ serviceGroupId }) {
      const current = replica();
      if (!current) return refused('notLoggedOn');
      const group = current.snapshot.serviceGroups.find(each => each.id === serviceGroupId);
      return group ? accepted(group.cqCodes) : refused('unknownServiceGroup');
    },
    getCalls: read(snapshot => snapshot.calls),
    getEmails: read(snapshot => snapshot.emails),
    getSMS: read(snapshot => snapshot.sms),
    getOpenMedia: read(snapshot => snapshot.openMedia),
    getChats: read(snapshot => snapshot.chats),
    getEmailTemplates: read(snapshot => snapshot.emailTemplates),
    getAttendantEmailTemplates: read(snapshot => snapshot.attendantEmailTemplates),
  };
};

/** What the application answers with more than `notAvailable`. */
export const implementedApplicationMethods = Object.keys(
  applicationAnswers(
    () => null,
    () => {},
  ),
) as ApplicationMethodName[];
