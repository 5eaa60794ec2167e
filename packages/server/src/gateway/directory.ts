/** What the gateway knows of users: a new one at each reload of the configuration. */
export interface LogonDirectory {
  siteName: string;
  user(logonId: string): LogonUser | undefined;
  /** the extension may be used: it exists, and the password, where one is given, is its own */
  extension(number: string, password: string | undefined): boolean;
}

export interface LogonUser {
  agentId: number;
  /** argon2id in PHC form; undefined: cannot log on */
  passwordHash: string | undefined;
  privileges: readonly string[];
  /** used when the logon names none; '' = must be named */
  extension: string;
}
