import { BoundedText, Int, type Static, Type } from '../schema.ts';

/**
 * What the phone in the window registers with: the answer to `softphone` at the broker, which refuses with `notAvailable` where the
 * site has no phones in browsers. The extension's own password is not in it: these credentials are made for the logon, and are worth
 * nothing after it.
 */
export const SoftphoneGrant = Type.Object({
  /** URL of the switch's WebSocket (RFC 7118) */
  webSocket: BoundedText(512),
  extension: BoundedText(64),
  /** name in the digest; another one than the extension */
  user: BoundedText(128),
  password: BoundedText(128),
});
export type SoftphoneGrant = Static<typeof SoftphoneGrant>;

/** How long it took from the agent's answer until he heard the other side. */
export const AnswerReport = Type.Object({ milliseconds: Type.Integer({ minimum: 0, maximum: 120_000 }) });
export type AnswerReport = Static<typeof AnswerReport>;

/** Of the answers of this day, in milliseconds. */
export const AnswerFigures = Type.Object({ count: Int, last: Int, p50: Int, p95: Int });
export type AnswerFigures = Static<typeof AnswerFigures>;

/** What the window asks on the desk wire for its phone. */
export const deskSoftphoneMethods = {
  /** `SoftphoneGrant`; refused with `notAvailable` where this logon is at a desk phone, or the site has no phones in browsers */
  getSoftphone: 'deskGetSoftphone',
  /** `AnswerReport`, answered with `AnswerFigures` */
  reportAnswer: 'deskReportAnswer',
} as const;
