import { createHash, timingSafeEqual } from 'node:crypto';
import type { SiteSetup } from '../configuration/configuration.ts';
import type { LogonDirectory, LogonUser } from './directory.ts';

/** What the gateway needs of a site's configuration, ready to be looked up. */
export function toLogonDirectory(setup: SiteSetup): LogonDirectory {
  const { configuration, passwordHashes, callManager } = setup;
  const users = new Map<string, LogonUser>(
    configuration.users.map(user => [
      user.logonId.toLowerCase(),
      {
        agentId: user.id,
        passwordHash: passwordHashes.get(user.id),
        privileges: user.privileges,
        extension: user.extension,
      },
    ]),
  );
  const extensions = new Set(configuration.extensions.map(each => each.number));
  const secrets = new Map(callManager.extensions.map(each => [each.extension, each.ha1]));
  return {
    siteName: configuration.site.name,
    user: logonId => users.get(logonId.toLowerCase()),
    extension(number, password) {
      if (!extensions.has(number)) return false;
      if (password === undefined) return true;
      const given = createHash('md5').update(`${number}:${callManager.realm}:${password}`).digest();
      const right = Buffer.from(secrets.get(number) ?? '', 'hex');
      return given.length === right.length && timingSafeEqual(given, right);
    },
  };
}
