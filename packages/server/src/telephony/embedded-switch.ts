import {
  createSwitchClient,
  type OutsideRules,
  type Provision,
  type SwitchExtension,
  type SwitchSoftphone,
  type SwitchTrunk,
} from '@cordboard/switch';
import { type TrunkHealth, trunkHealth } from '../health/trunks.ts';
import { errorText, type Logger } from '../logging/logger.ts';
import type {
  CallManager,
  CallManagerLink,
  CallManagerListener,
  NumberedReport,
  Position,
} from './call-manager.ts';

export interface EmbeddedSwitchOptions extends Provisioned {
  controlSocket: string;
  realm: string;
  /** pages that are phones now: asked for each time that the switch is told */
  softphones?(): readonly SwitchSoftphone[];
  /** an epoch higher than any that was given before: the switch obeys the newest controller alone */
  nextEpoch: () => number;
  /** the switch should be there and is not: starts it, unless it runs */
  needed: () => void;
  logger: Logger;
}

export interface EmbeddedSwitch extends CallManager {
  /** who may register and call, replaced as a whole */
  provision(next: Provisioned): void;
  /** the softphones are others */
  provisionSoftphones(): void;
  readonly attached: boolean;
  /** null while it is not attached */
  stats(): Promise<SwitchFigures | null>;
}

export interface SwitchFigures {
  /** what the switch has counted, by name */
  counted: Readonly<Record<string, number>>;
  trunks: readonly TrunkHealth[];
}

/** What the switch is told of a configuration. */
export interface Provisioned {
  extensions: readonly SwitchExtension[];
  trunks: readonly SwitchTrunk[];
  outside: OutsideRules;
}

interface Link extends CallManagerLink {
  provision(): void;
  stats(): Promise<SwitchFigures>;
  readonly attached: boolean;
}

/** The switch process as the site's call manager: the same words over the control socket. */
export function createEmbeddedSwitch(options: EmbeddedSwitchOptions): EmbeddedSwitch {
  let current: Link | null = null;
  let wanted: Provisioned = options;
  const provisioned = () => ({
    realm: options.realm,
    extensions: [...wanted.extensions],
    ...(options.softphones && { softphones: [...options.softphones()] }),
    trunks: [...wanted.trunks],
    outside: wanted.outside,
  });
  return {
    get attached() {
      return current?.attached ?? false;
    },
    stats: async () => (current?.attached ? current.stats() : null),
    provision(next) {
      wanted = next;
      current?.provision();
    },
    provisionSoftphones: () => current?.provision(),
    attach({ after, listener }) {
      current?.close();
      current = openLink(options, provisioned, after, listener);
      return current;
    },
  };
}

/** Of what nobody waits for between us and the switch, ms: at some calls a second it always finds another line to go with. */
const patience = 250;

function openLink(
  options: EmbeddedSwitchOptions,
  provisioned: () => Provision['provision'],
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
    patience,
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
    async stats() {
      const { trunks, ...counted } = await client.stats();
      return { counted, trunks: trunks.map(trunkHealth) };
    },
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
