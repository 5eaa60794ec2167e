import type { Publication, StreamItem } from '@cordboard/core';
import { expect, test } from 'vitest';
import { decodeRow, encodeRow, type Lineage } from './row.ts';
import { streamTexts } from './stream-rings.ts';

const lineage: Lineage = { stream: 's', position: null, reports: 3, at: 7 };
const registered = (on: boolean): StreamItem => ({ event: 'OnRegistrationStatus', values: [on] });

test('STO-30 what many agents hear stands in the journal once, and each has his number again', () => {
  const [news, other] = [registered(true), registered(false)];
  const published: Publication[] = [
    { agentId: 1, seq: 4, item: other },
    ...[1, 2, 3].map(agentId => ({ agentId, seq: 10 * agentId, item: news })),
    { agentId: 9, seq: 1, item: other },
  ];
  const texts = streamTexts(published, 7);
  expect(texts.map(each => JSON.parse(each.text))).toEqual(
    published.map(({ seq, item }) => ({ seq, event: item.event, values: item.values })),
  );
  const row = encodeRow(0, [{ seq: 1, at: 7, events: ['e'], published: texts }], lineage);
  expect(new TextDecoder().decode(row.body).match(/OnRegistrationStatus/g)).toHaveLength(3);
  const [step] = decodeRow<string>(row).steps;
  const plain = (each: (typeof texts)[number]) => [
    each.agentId,
    each.seq,
    each.at,
    each.text,
    each.loggedOff,
  ];
  expect(step?.published.map(plain)).toEqual(texts.map(plain));
});
