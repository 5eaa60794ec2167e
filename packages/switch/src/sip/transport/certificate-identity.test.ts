import { expect, test } from 'vitest';
import { identifies } from './certificate-identity.ts';

test.each([
  ['DNS:operator.example', 'operator.example', true],
  ['DNS:a.example, DNS:Operator.Example', 'OPERATOR.example', true],
  ['DNS:operator.example', 'sip.operator.example', false],
  ['DNS:*.operator.example', 'sip.operator.example', false],
  ['DNS:*.operator.example', '*.operator.example', true],
  ['URI:sip:operator.example, DNS:proxy.example', 'operator.example', true],
  // who names SIP domains means these and no others
  ['URI:sip:operator.example, DNS:proxy.example', 'proxy.example', false],
  ['URI:sip:anna@operator.example', 'operator.example', false],
  ['URI:https://operator.example, DNS:operator.example', 'operator.example', true],
  ['URI:sip:[', '[', false],
  ['IP Address:192.0.2.1', '192.0.2.1', true],
  ['IP Address:192.0.2.1', '192.0.2.2', false],
  ['IP Address:2001:DB8:0:0:0:0:0:1', '2001:db8::1', true],
  ['DNS:192.0.2.1', '192.0.2.1', false],
  ['', 'operator.example', false],
  // one name that looks like two
  ['DNS:"evil.example, URI:sip:operator.example"', 'operator.example', false],
  ['DNS:"x\\", DNS:operator.example, DNS:\\"y"', 'operator.example', false],
  ['DNS:"unclosed, DNS:operator.example', 'operator.example', false],
])('SIP-81 a certificate for "%s" proves %s: %s', (subjectAltName, name, proved) => {
  expect(identifies(subjectAltName, name)).toBe(proved);
});
