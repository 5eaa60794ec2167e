import type { Flow } from '../sip/transport/flow.ts';

/** A peer that may call without digest, because of where it calls from. */
export interface Trunk {
  name: string;
  /** IP address */
  address: string;
  /** where it is called (5060 if absent); if given, calls from other ports are not believed to be its own */
  port?: number;
}

export function trunkOf(trunks: readonly Trunk[], flow: Flow): Trunk | undefined {
  return trunks.find(
    trunk =>
      trunk.address === flow.remoteAddress && (trunk.port === undefined || trunk.port === flow.remotePort),
  );
}
