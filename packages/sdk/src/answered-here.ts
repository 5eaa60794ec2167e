import {
  type Answer,
  accepted,
  type ClientMethodName,
  type LaunchParameters,
  type MethodName,
  refused,
  Softphone,
} from '@cordboard/contract';
import type { ApplicationAccess } from './application-access.ts';
import type { Availability } from './availability.ts';
import type { Link } from './link.ts';

type Answering = (named: Record<string, unknown>) => Promise<Answer>;

/** The methods that the client answers itself; the others go to the application. */
export type LocalAnswers = { [Name in MethodName]?: Answering } & Record<ClientMethodName, Answering>;

const softphones: readonly unknown[] = [...Object.values(Softphone), null, undefined];

export const answeredHere = (
  access: ApplicationAccess,
  link: Link,
  availability: Availability,
): LocalAnswers => {
  const launch: Answering = async named => {
    if (!softphones.includes((named as LaunchParameters).softphone))
      return refused('invalidValue', 'softphone is 1, 0 or -1');
    if (await access.find()) return refused('alreadyRunning');
    return access.launch(named as LaunchParameters);
  };
  const logOnAndLaunch: Answering = async named => {
    if ((named as LaunchParameters).logonId === '') return refused('invalidValue', 'logonId is empty');
    return launch(named);
  };

  const answers: Record<ClientMethodName, Answering> = {
    async initialize() {
      availability.start();
      return link.initialize();
    },
    async uninitialize() {
      if (link.state === 'idle') return refused('notInitialized');
      link.uninitialize();
      void availability.look();
      return accepted(true);
    },
    async canInitialize() {
      const application = await access.find();
      if (!application) return refused('notRunning');
      if (!application.ready) return refused('notLoggedOn', application.problem);
      return (await takesConnections(access, application)) ? accepted(true) : refused('notRunning');
    },
    async isBSARunning() {
      const application = await access.find();
      return application && (await takesConnections(access, application))
        ? accepted(true)
        : refused('notRunning');
    },
    launchBSA: launch,
    launchBSAWithCredentials: logOnAndLaunch,
    launchAgentWithParams: logOnAndLaunch,
  };
  return answers;
};

/** What a client answers itself. */
export const implementedClientMethods: readonly ClientMethodName[] = [
  'initialize',
  'uninitialize',
  'canInitialize',
  'isBSARunning',
  'launchBSA',
  'launchBSAWithCredentials',
  'launchAgentWithParams',
] satisfies ClientMethodName[];

/** A process with the id in the file may be another program; whoever answers the socket is the application. */
const takesConnections = async (
  access: ApplicationAccess,
  application: Parameters<ApplicationAccess['connect']>[0],
): Promise<boolean> => {
  try {
    const transport = await access.connect(application);
    transport.close();
    return true;
  } catch {
    // whatever it is, nobody takes connections there
    return false;
  }
};
