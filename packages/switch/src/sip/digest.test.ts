import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createVirtualClock } from '../testing/virtual-clock.ts';
import { createDigestVerifier, digestResponse, parseAuthentication } from './digest.ts';
import { createRequest, setHeader } from './message.ts';

const realm = 'cordboard';
const md5 = (text: string) => createHash('md5').update(text).digest('hex');

function create() {
  const clock = createVirtualClock();
  let ids = 0;
  const verifier = createDigestVerifier({
    clock,
    realm,
    secret: Buffer.alloc(32, 7),
    randomId: () => `id${ids++}`,
    ha1: user => (user === '1001' ? md5(`1001:${realm}:secret`) : undefined),
  });
  const nonce = (stale = false) => parseAuthentication(verifier.challenge(stale))?.get('nonce') ?? '';

  function verify(changes: Record<string, string> = {}, password = 'secret') {
    const request = createRequest('INVITE', 'sip:2000@127.0.0.1');
    const fields = {
      username: '1001',
      realm,
      nonce: '',
      nc: '00000001',
      cnonce: 'c',
      uri: request.uri,
      ...changes,
    };
    const response = digestResponse(md5(`${fields.username}:${realm}:${password}`), fields, 'INVITE');
    const text = Object.entries({ ...fields, response, ...changes })
      .map(([name, value]) => `${name}=${name === 'nc' ? value : `"${value}"`}`)
      .join(', ');
    setHeader(request, 'authorization', `Digest ${text}, qop=auth, algorithm=MD5`);
    return verifier.verify(request);
  }
  return { clock, verifier, nonce, verify };
}

describe('digest authentication', () => {
  test('the response agrees with the example of RFC 2617 §3.5', () => {
    const ha1 = md5('Mufasa:testrealm@host.com:Circle Of Life');
    const fields = {
      nonce: 'dcd98b7102dd2f0e8b11d0f600bfb0c093',
      nc: '00000001',
      cnonce: '0a4f113b',
      uri: '/dir/index.html',
    };
    expect(digestResponse(ha1, fields, 'GET')).toBe('6629fae49393a05397450978507c4ef1');
  });

  test('SIP-06 the right password of a known extension is let in', () => {
    const { nonce, verify } = create();
    expect(verify({ nonce: nonce() })).toEqual({ type: 'authenticated', user: '1001' });
  });

  test('SIP-06 a wrong password and an unknown extension are refused', () => {
    const { nonce, verify } = create();
    expect(verify({ nonce: nonce() }, 'wrong')).toEqual({ type: 'refused' });
    expect(verify({ nonce: nonce(), username: '9999' })).toEqual({ type: 'refused' });
  });

  test('SIP-07 credentials sent again are asked for anew as stale', () => {
    const { nonce, verify } = create();
    const used = nonce();
    verify({ nonce: used });
    expect(verify({ nonce: used })).toEqual({ type: 'challenge', stale: true });
    expect(verify({ nonce: used, nc: '00000002' })).toEqual({ type: 'authenticated', user: '1001' });
  });

  test('SIP-07 a nonce is stale after five minutes', () => {
    const { clock, nonce, verify } = create();
    const old = nonce();
    clock.advance(300_001);
    expect(verify({ nonce: old })).toEqual({ type: 'challenge', stale: true });
  });

  test('SIP-07 a nonce that we did not make is not believed', () => {
    const { nonce, verify } = create();
    expect(verify({ nonce: 'made-up' })).toEqual({ type: 'challenge', stale: false });
    expect(verify({ nonce: `z${nonce()}` })).toEqual({ type: 'challenge', stale: false });
  });

  test('SIP-06 credentials for another number are refused', () => {
    const { nonce, verify } = create();
    expect(verify({ nonce: nonce(), uri: 'sip:3000@127.0.0.1' })).toEqual({ type: 'refused' });
    expect(verify({ nonce: nonce(), uri: 'sip:2000@other.example' })).toMatchObject({
      type: 'authenticated',
    });
  });

  test.each(['Digest', 'Basic x', 'Digest username="open', 'Digest ,,=,"', 'Digest realm=', ''])(
    'credentials that make no sense are no credentials: %s',
    value => {
      const { verifier } = create();
      const request = createRequest('REGISTER', 'sip:127.0.0.1');
      setHeader(request, 'authorization', value);
      expect(verifier.verify(request)).toEqual({ type: 'challenge', stale: false });
    },
  );
});
