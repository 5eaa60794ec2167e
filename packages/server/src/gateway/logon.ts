import type { Clock } from '@cordboard/contract';
import { checkOf, type LogonGrant, type LogonPlace, LogonRequest } from '@cordboard/contract';
import type { Logger } from '../logging/logger.ts';
import type { Site } from '../site/site.ts';
import type { TokenSigner } from './access-token.ts';
import type { LogonDirectory, LogonUser } from './directory.ts';
import type { Logons } from './logons.ts';
import { Outcomes } from './outcomes.ts';
import type { PasswordCheck } from './passwords.ts';
import type { Presence, PresentAgent } from './presence.ts';
import { RateLimit } from './rate-limit.ts';

export type LogonAnswer = { status: 200; body: LogonGrant } | { status: RefusedStatus; body: Refused };

/** As `LogonRefusal` of the contract. */
interface Refused {
  reason: Reason;
  text: string;
  retryAfterSeconds?: number;
  elsewhere?: LogonPlace;
}

export interface LogonOptions {
  site: Site;
  /** who is logged on; nobody is known to be unless told */
  presence?: Presence;
  directory: () => LogonDirectory;
  logons: Logons;
  passwords: PasswordCheck;
  tokens: TokenSigner;
  clock: Clock;
  logger: Logger;
  /** an application that does not attach for so long is logged off */
  tokenSeconds: number;
}

const checkRequest = checkOf(LogonRequest);

const refusals = {
  malformed: { status: 400, text: 'The request is not a logon request.' },
  wrongCredentials: { status: 401, text: 'Logon id or password is wrong.' },
  unknownSite: { status: 403, text: 'There is no such site here.' },
  extensionRefused: { status: 403, text: 'The extension cannot be used.' },
  loggedOnElsewhere: { status: 409, text: 'The agent is logged on elsewhere.' },
  tooManyTries: { status: 429, text: 'Too many tries.' },
  notReady: { status: 503, text: 'The site is not ready.' },
} as const;

type Reason = keyof typeof refusals;
type RefusedStatus = (typeof refusals)[Reason]['status'];

export const refuseLogon = (
  reason: Reason,
  retryAfterSeconds?: number,
  elsewhere?: LogonPlace,
): LogonAnswer => ({
  status: refusals[reason].status,
  body: {
    reason,
    text: refusals[reason].text,
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    ...(elsewhere && { elsewhere }),
  },
});

/** The logon service: checks the password, tells the site, and hands out the token that opens the broker. */
export function createLogon(options: LogonOptions) {
  const { site, directory, logons, passwords, tokens, clock, logger } = options;
  // a whole center may log on from one address, so only failures count
  const byAddress = new RateLimit({ clock, burst: 30, everyMilliseconds: 2000, names: 10_000 });
  const byPair = new RateLimit({ clock, burst: 5, everyMilliseconds: 10_000, names: 10_000 });
  const byUser = new RateLimit({ clock, burst: 50, everyMilliseconds: 10_000, names: 10_000 });
  // at the beginning of a shift hundreds come from one address at the same moment
  const outcomes = new Outcomes({ waiting: 1000 });

  async function logOn(
    body: unknown,
    address: string,
    form: LogonPlace['form'] = 'application',
  ): Promise<LogonAnswer> {
    if (checkRequest(body) !== null) return refuseLogon('malformed');
    const request = body as LogonRequest;
    const logonId = request.logonId.toLowerCase();
    const pair = `${address} ${logonId}`;
    while (byAddress.wait(address) > 0) {
      const outcome = outcomes.next(address);
      if (outcome === null) break;
      await outcome;
    }
    const wait = Math.max(byAddress.wait(address), byPair.wait(pair), byUser.wait(logonId));
    if (wait > 0) return refuseLogon('tooManyTries', Math.ceil(wait / 1000));
    if (site.status !== 'running') return refuseLogon('notReady', 1);

    const user = directory().user(request.logonId);
    // counted before the check and forgiven after it, so that tries at the same moment count too
    byAddress.fail(address);
    byPair.fail(pair);
    byUser.fail(logonId);
    outcomes.begin(address);
    const password = await passwords.check(request.password, user?.passwordHash);
    outcomes.known(address);
    if (password === 'busy') return refuseLogon('tooManyTries', 2);
    if (password === 'wrong' || user === undefined) {
      logger.info('a logon was refused', { reason: 'wrongCredentials', address });
      return refuseLogon('wrongCredentials');
    }
    byAddress.forgive(address, outcomes.pending(address));
    byPair.forgive(pair);
    byUser.forgive(logonId);
    return grant(request, user, { address, form });
  }

  async function grant(
    request: LogonRequest,
    user: LogonUser,
    place: Pick<LogonPlace, 'address' | 'form'>,
  ): Promise<LogonAnswer> {
    const { agentId } = user;
    const known = directory();
    const site_ = request.siteName ?? '';
    if (site_ !== '' && site_.toLowerCase() !== known.siteName.toLowerCase())
      return refuseLogon('unknownSite');
    const present = options.presence?.(agentId);
    const extension = request.extension || extensionOf(present) || user.extension;
    const password = request.extensionPassword || undefined;
    if (extension === '' || !known.extension(extension, password)) return refuseLogon('extensionRefused');
    if (logons.connection(agentId) !== undefined && request.takeOver !== true) {
      return refuseLogon('loggedOnElsewhere', undefined, present?.place ?? undefined);
    }
    const logon = logons.begin();
    const answer = await site.logOn({ agentId, extension, client: logon, place });
    if (!answer.ok) {
      const { reason, detail } = answer.refusal;
      logger.info('a logon was refused', { agentId, reason, detail });
      const notNow = reason === 'connectionLost' || reason === 'overloaded';
      return notNow ? refuseLogon('notReady', 1) : refuseLogon('extensionRefused');
    }
    const since = new Date(clock.now()).toISOString();
    logons.connection(agentId)?.endLogon('takenOver', { ...place, since });
    logger.info('an agent logged on', { agentId });
    return {
      status: 200,
      body: {
        token: tokens.sign({ agentId, logon, generation: 1 }),
        expiresInSeconds: options.tokenSeconds,
        agentId,
        privileges: [...user.privileges],
        siteName: known.siteName,
        broker: '/broker',
      },
    };
  }

  return logOn;
}

/** Calls stay at the phone where they are: who names none goes on there. */
const extensionOf = (present: PresentAgent | null | undefined): string =>
  present?.hasSessions === true ? present.extension : '';
