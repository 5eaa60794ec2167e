import type { SwitchExtension, SwitchSoftphone } from '../../control/protocol.ts';

/** Who may prove by digest (RFC 7616) to be which extension. */
export interface Accounts {
  isExtension(number: string): boolean;
  /** HA1 of a digest user; undefined: there is none of this name */
  ha1(user: string): string | undefined;
  /** the extension that a digest user is a phone of */
  extensionOf(user: string): string;
  /** Replaces everything. Answers whose credentials are other ones now, or gone. */
  provide(extensions: readonly SwitchExtension[], softphones: readonly SwitchSoftphone[]): Account[];
}

export interface Account {
  user: string;
  extension: string;
}

/**
 * An extension is its own user with a password that lasts. A phone in a page has a user of another name, for the time of one logon;
 * where the two are called the same it is the extension that counts.
 */
export function createAccounts(): Accounts {
  let accounts = new Map<string, { extension: string; ha1: string }>();
  return {
    isExtension: number => accounts.get(number)?.extension === number,
    ha1: user => accounts.get(user)?.ha1,
    extensionOf: user => accounts.get(user)?.extension ?? '',
    provide(extensions, softphones) {
      const before = accounts;
      const lasting = extensions.map(({ extension, ha1 }) => [extension, { extension, ha1 }] as const);
      const known = new Set(extensions.map(({ extension }) => extension));
      const passing = softphones
        .filter(({ user, extension }) => known.has(extension) && !known.has(user))
        .map(({ user, extension, ha1 }) => [user, { extension, ha1 }] as const);
      accounts = new Map([...passing, ...lasting]);
      return [...before]
        .filter(([user, { extension, ha1 }]) => {
          const now = accounts.get(user);
          return now?.ha1 !== ha1 || now.extension !== extension;
        })
        .map(([user, { extension }]) => ({ user, extension }));
    },
  };
}
