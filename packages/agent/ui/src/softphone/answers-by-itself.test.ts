import { expect, test } from 'vitest';
import { answersByItself } from './answers-by-itself.ts';

const headers = (given: Record<string, string>) => (name: string) => given[name];

test.each([
  { 'Call-Info': '<sip:127.0.0.1>;answer-after=0' },
  { 'Answer-Mode': 'Auto' },
  { 'Alert-Info': '<http://127.0.0.1>;info=alert-autoanswer;delay=0' },
])('SPH-29 the phone answers by itself for %o', given => expect(answersByItself(headers(given))).toBe(true));

test.each([
  {},
  { 'Call-Info': '<sip:127.0.0.1>;answer-after=05' },
  { 'Call-Info': '<http://x/answer-after=0.png>;purpose=icon' },
  { 'Answer-Mode': 'Manual' },
])('SPH-29 the phone rings for %o', given => expect(answersByItself(headers(given))).toBe(false));
