import { expect, test } from 'vitest';
import { ownOrigins } from './own-origins.ts';

const here = ownOrigins({ listen: { host: '127.0.0.1', port: 8480 }, tls: false, configured: [] });

test.each(['127.0.0.1:8480', 'localhost:8480', 'LOCALHOST:8480', '[::1]:8480'])(
  'WEB-21 a gateway on this machine goes by %s',
  host => expect(here.isHost({ host })).toBe(true),
);

test.each([undefined, '', '127.0.0.1', '127.0.0.1:1', 'evil.example:8480', 'localhost.evil.example:8480'])(
  'WEB-21 and not by %s',
  host => expect(here.isHost({ ...(host !== undefined && { host }) })).toBe(false),
);

test.each([undefined, 'null', 'https://127.0.0.1:8480', 'http://127.0.0.1:1', 'http://evil.example:8480'])(
  'WEB-20 a page of %s opens no window',
  origin => expect(here.isOrigin({ ...(origin !== undefined && { origin }) })).toBe(false),
);

test('WEB-21 beyond this machine it goes by the names that are configured, as browsers write them, and by no other', () => {
  const public_ = ownOrigins({
    listen: { host: '10.0.0.5', port: 443 },
    tls: true,
    configured: ['https://agents.example.com:443', 'https://agents.example.org:8443'],
  });
  expect(public_.isHost({ host: 'agents.example.com' })).toBe(true);
  expect(public_.isOrigin({ origin: 'https://agents.example.com' })).toBe(true);
  expect(public_.isHost({ host: 'agents.example.org:8443' })).toBe(true);
  for (const host of ['127.0.0.1', 'localhost', '10.0.0.5', 'example.com'])
    expect(public_.isHost({ host }), host).toBe(false);
  expect(public_.isOrigin({ origin: 'http://agents.example.com' })).toBe(false);
});

test('WEB-21 one that listens everywhere is reached on this machine too', () => {
  const everywhere = ownOrigins({ listen: { host: '0.0.0.0', port: 443 }, tls: true, configured: [] });
  expect(everywhere.isOrigin({ origin: 'https://localhost' })).toBe(true);
  expect(everywhere.isHost({ host: '127.0.0.1' })).toBe(true);
});
