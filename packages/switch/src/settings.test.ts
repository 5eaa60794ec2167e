import { describe, expect, test } from 'vitest';
import { readSettings, SettingsError } from './settings.ts';

const least = {
  soundFolder: '/var/sounds',
  recordingFolder: '/var/recordings',
  controlSocket: '/run/c/switch.sock',
};

function problems(settings: object): readonly string[] {
  try {
    readSettings(JSON.stringify(settings));
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
  return [];
}

describe('settings of the switch process', () => {
  test('the least that is needed gives a switch on loopback', () => {
    expect(readSettings(JSON.stringify(least))).toMatchObject({
      sip: { host: '127.0.0.1', port: 5060 },
      rtp: undefined,
      trunks: [],
      sessionTimerSeconds: 1_800,
      rtpSilenceSeconds: 30,
      logLevel: 'info',
    });
  });

  test('everything that is wrong is said at once, by name', () => {
    expect(
      problems({
        soundFolder: 'sounds',
        controlSocket: 7,
        sip: { host: 'localhost', port: 70_000 },
        rtp: { from: 4_000, to: 3_000 },
        trunks: [{ name: 'a', address: 'b' }, 3],
        logLevel: 'loud',
        musicClasses: ['../x'],
        colour: 'red',
      }),
    ).toEqual([
      'colour: unknown setting',
      'sip.host: must be an IP address',
      'sip.port: must be a whole number from 0 to 65535',
      'rtp.to: must not be below rtp.from',
      'soundFolder: must be an absolute path',
      'recordingFolder: missing',
      'controlSocket: must be a text',
      'trunks[0].address: must be an IP address',
      'trunks[1]: must be an object',
      'trunks[1].name: missing',
      'trunks[1].address: missing',
      'trunks[1].address: must be an IP address',
      'musicClasses: must be a list of plain names',
      'logLevel: must be one of error, warn, info, debug',
    ]);
  });

  test('WRT-02 browsers are listened for only where that is configured', () => {
    const read = (sip: object) => readSettings(JSON.stringify({ ...least, sip })).sip;
    expect(read({}).webSocket).toBeUndefined();
    expect(read({ webSocket: { port: 5066, origins: ['https://a.example'] } }).webSocket).toEqual({
      host: '127.0.0.1',
      port: 5066,
      origins: ['https://a.example'],
    });
    expect(problems({ ...least, sip: { webSocket: { host: 'x', origins: [3] } } })).toEqual([
      'sip.webSocket.host: must be an IP address',
      'sip.webSocket.origins: must be a list of texts',
    ]);
    expect(problems({ ...least, sip: { webSocket: 5066 } })).toContain('sip.webSocket: must be an object');
  });

  test('SIP-80 TLS is listened for only where that is configured, with a certificate', () => {
    const read = (sip: object) => readSettings(JSON.stringify({ ...least, sip })).sip;
    expect(read({}).tls).toBeUndefined();
    expect(read({ tls: { certificate: '/c.pem', key: '/k.pem' } }).tls).toEqual({
      host: '127.0.0.1',
      port: 5061,
      certificate: '/c.pem',
      key: '/k.pem',
    });
    expect(problems({ ...least, sip: { tls: { host: 'x', certificate: 'c.pem' } } })).toEqual([
      'sip.tls.host: must be an IP address',
      'sip.tls.certificate: must be an absolute path',
      'sip.tls.key: missing',
    ]);
  });

  test.each(['', '{', '[]', '3', 'null'])('%j is refused', text => {
    expect(() => readSettings(text)).toThrow(SettingsError);
  });

  test('a named pipe is a control socket', () => {
    expect(problems({ ...least, controlSocket: '\\\\.\\pipe\\switch' })).toEqual([]);
  });
});
