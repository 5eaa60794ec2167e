import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { publishedSchema, publishedSchemaFile, publishedText } from './published-schema.ts';

test('CFG-13 the published JSON Schema is the one that the server checks with (else run published-schema.ts)', async () => {
  expect(await readFile(publishedSchemaFile, 'utf8')).toBe(publishedText());
});

test('what has a default need not be written', () => {
  expect(publishedSchema()).toMatchObject({
    required: ['sites'],
    properties: { sites: { items: { required: ['id', 'name'] } } },
  });
});
