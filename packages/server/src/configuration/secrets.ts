import { createHash, randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import Type, { type Static } from 'typebox';
import { stringify } from 'yaml';
import { checkSchema } from './check-schema.ts';
import { hashPassword } from './hash-password.ts';
import type { Problem } from './problem.ts';
import type { ConfigurationFile } from './schema.ts';
import { readYaml } from './yaml-file.ts';

const Secret = Type.String({ minLength: 1, maxLength: 300 });

const SiteSecrets = Type.Object(
  {
    users: Type.Record(
      Type.String(),
      Type.Object(
        { passwordHash: Secret, initialPassword: Type.Optional(Secret) },
        {
          additionalProperties: false,
          description: 'argon2id hash; the initial password is for people only',
        },
      ),
      { default: {} },
    ),
    extensions: Type.Record(
      Type.String(),
      Type.Union([
        Type.Object({ password: Secret }, { additionalProperties: false }),
        Type.Object({ ha1: Type.String({ pattern: '^[0-9a-f]{32}$' }) }, { additionalProperties: false }),
      ]),
      { default: {}, description: 'password, or ha1: MD5 of extension:realm:password' },
    ),
    trunks: Type.Optional(
      Type.Record(Type.String(), Type.Object({ password: Secret }, { additionalProperties: false }), {
        description: 'passwords of accounts with operators, by name of the trunk',
      }),
    ),
  },
  { additionalProperties: false },
);

const SecretsFile = Type.Object(
  { sites: Type.Record(Type.String(), SiteSecrets, { default: {} }) },
  { additionalProperties: false },
);

/** Passwords by site id, then by logon id, extension or name of a trunk. */
export type Secrets = Static<typeof SecretsFile>;

export type SecretsResult = { ok: true; secrets: Secrets } | { ok: false; problems: Problem[] };

/** Reads the secrets file; one that is not there is empty, one that others can read is refused. */
export async function readSecrets(file: string): Promise<SecretsResult> {
  const found = await stat(file).catch(() => null);
  if (found === null) return { ok: true, secrets: { sites: {} } };
  const whole = (message: string): Problem => ({ file, line: 1, column: 1, path: '', message });
  if (process.platform !== 'win32' && (found.mode & 0o077) !== 0) {
    return {
      ok: false,
      problems: [
        whole(`expected a file that only its owner can read (chmod 600), found ${octal(found.mode)}`),
      ],
    };
  }
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    return { ok: false, problems: [whole((error as Error).message)] };
  }
  const read = readYaml(file, text);
  if (!read.ok) return read;
  const data = read.yaml.data ?? {};
  const findings = checkSchema(structuredClone(SecretsFile) as unknown as Record<string, unknown>, data);
  if (findings.length > 0) {
    // no value of this file may stand in an error
    const problems = findings.map(finding =>
      read.yaml.problem({ ...finding, message: finding.message.replace(/, found .*$/s, '') }),
    );
    return { ok: false, problems };
  }
  return { ok: true, secrets: data as Secrets };
}

const octal = (mode: number): string => (mode & 0o777).toString(8);

/** Adds a random password for each user and extension that has none; returns how many were made. */
export async function addMissingSecrets(configuration: ConfigurationFile, secrets: Secrets): Promise<number> {
  let made = 0;
  for (const site of configuration.sites) {
    secrets.sites[site.id] ??= { users: {}, extensions: {} };
    const { users = {}, extensions = {} } = secrets.sites[site.id] ?? {};
    for (const user of site.users) {
      if (user.passwordHash !== undefined || Object.hasOwn(users, user.logonId)) continue;
      const initialPassword = randomPassword();
      users[user.logonId] = { passwordHash: await hashPassword(initialPassword), initialPassword };
      made += 1;
    }
    for (const { number, passwordFromEnvironment } of site.extensions) {
      if (passwordFromEnvironment !== undefined || Object.hasOwn(extensions, number)) continue;
      extensions[number] = { password: randomPassword() };
      made += 1;
    }
  }
  return made;
}

/** 96 random bits in letters that a person can type into a phone. */
const randomPassword = (): string => randomBytes(12).toString('hex');

/** Written whole or not at all, readable by us only. */
export async function writeSecrets(file: string, secrets: Secrets): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const unfinished = `${file}.unfinished`;
  const heading =
    '# Passwords of Cordboard. Keep this file to its owner. An initialPassword may be deleted when its user has it.\n';
  await writeFile(unfinished, heading + stringify(secrets), { mode: 0o600 });
  await chmod(unfinished, 0o600);
  await rename(unfinished, file);
}

/** RFC 2617 §3.2.2.2 */
export const digestHa1 = (extension: string, realm: string, password: string): string =>
  createHash('md5').update(`${extension}:${realm}:${password}`).digest('hex');
