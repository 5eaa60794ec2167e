import { createSwitchClient, type SwitchExtension, type SwitchStats } from '@cordboard/switch';
import { errorText, type Logger } from '../logging/logger.ts';
import type {
  CallManager,
  CallManagerLink,
  CallManagerListener,
  NumberedReport,
  Position,
} from './call-manager.ts';

export interface EmbeddedSwitchOptions {
  controlSocket: string;
  realm: string;
  extensions: readonly SwitchExtension[];
  /** an epoch higher than any that was given before: the switch obeys the newest controller alone */
  nextEpoch: () => number;
  /** the switch should be there and is not: starts it, unless it runs */
  needed: () => void;
  logger: Logger;
}

export interface EmbeddedSwitch extends CallManager {
  /** the registrar's list, replaced as a whole */
  provision(extensions: readonly SwitchExtension[]): void;
  readonly attached: boolean;
  /** what the switch has counted; null while it is not attached */
  stats(): Promise<SwitchStats | null>;
}

interface Link extends CallManagerLink {
  provision(): void;
  stats(): Promise<SwitchStats>;
  readonly attached: boolean;
}

/** The switch process as the site's call manager: the same words over the control socket. */
export function createEmbeddedSwitch(options: EmbeddedSwitchOptions): EmbeddedSwitch {
  let { extensions } = options;
  let current: Link | null = null;
  const provisioned = () => ({ realm: options.realm, extensions: [...extensions] });
  return {
    get attached() {
      return current?.attached ?? false;
    },
    stats: async () => (current?.attached ? current.stats() : null),
    provision(next) {
      extensions = next;
      current?.provision();
    },
    attach({ after, listener }) {
      current?.close();
      current = openLink(options, provisioned, after, listener);
      return current;
    },
  };
}

function openLink(
  options: EmbeddedSwitchOptions,
  provisioned: () => { realm: string; extensions: SwitchExtension[] },
  after: Position | null,
  listener: CallManagerListener,
): Link {
  const { logger } = options;
  /** reports of an attach that is not complete: their instance is told at its end */
  let missed: NumberedReport[] | null = [];
  let attachedTo = '';
  const client = createSwitchClient({
    path: options.controlSocket,
    epoch: options.nextEpoch(),
    ...(after && { position: { instance: after.instance, after: after.seq } }),
    onReport(report) {
      if (missed === null) listener.report(report);
      else missed.push(report);
    },
    onAttached({ instance, seq, gap, legs, registrations }) {
      const reports = missed ?? [];
      missed = null;
      attachedTo = instance;
      if (gap && after !== null)
        logger.warning('the switch is another one, or has forgotten reports', { instance });
      listener.attached(reports, { instance, legs, registrations }, seq);
    },
    onLost() {
      missed = [];
      listener.lost();
      options.needed();
    },
    onReplaced() {
      logger.error('the switch obeys a later controller');
      listener.lost();
    },
    onError: thrown =>
      logger.error('a report of the switch could not be taken', { reason: errorText(thrown) }),
  });
  client.provision(provisioned());
  options.needed();

  return {
    get attached() {
      return client.attached;
    },
    provision: () => client.provision(provisioned()),
    stats: () => client.stats(),
    execute(id, command) {
      client.send(id, command).then(
        result => {
          if (!result.ok) listener.refused(command, result.reason ?? 'badArgument');
        },
        // rejected only when the link was closed: the next inventory tells what was done
        () => undefined,
      );
    },
    acknowledge(position) {
      // numbers of an earlier instance say nothing about the reports of this one
      if (position.instance === attachedTo) client.acknowledge(position.seq);
    },
    close: () => client.close(),
  };
}
