import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ConfigurationFile } from './schema.ts';

/** The committed file, for editors and for other programs. */
export const publishedSchemaFile = path.resolve(import.meta.dirname, '../../configuration.schema.json');

/** The JSON Schema of the configuration file. What has a default need not be written, so it is not required. */
export function publishedSchema(): Record<string, unknown> {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    ...(withoutDefaulted(structuredClone(ConfigurationFile)) as object),
  };
}

export const publishedText = (): string => `${JSON.stringify(publishedSchema(), null, 2)}\n`;

function withoutDefaulted(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutDefaulted);
  if (typeof schema !== 'object' || schema === null) return schema;
  const copy = Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [key, key === 'default' ? value : withoutDefaulted(value)]),
  );
  const { properties, required } = copy as { properties?: Record<string, object>; required?: string[] };
  if (!properties || !Array.isArray(required)) return copy;
  return { ...copy, required: required.filter(name => !('default' in (properties[name] ?? {}))) };
}

if (import.meta.main) await writeFile(publishedSchemaFile, publishedText());
