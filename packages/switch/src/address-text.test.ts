import { expect, test } from 'vitest';
import { canonicalAddress } from './address-text.ts';

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
  ['2001:db8::1', '2001:db8::1'],
  ['0:0:0:0:0:0:0:1', '::1'],
  ['fe80::1%eth0', 'fe80::1%eth0'],
  ['operator.example', 'operator.example'],
])('SIP-86 %s is %s', (text, canonical) => {
  expect(canonicalAddress(text)).toBe(canonical);
});
