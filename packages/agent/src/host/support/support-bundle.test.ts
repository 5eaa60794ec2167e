import { type BundlePiece, deskSettingsMethods, type PreparedBundle } from '@cordboard/contract';
import { expect, test } from 'vitest';
import { deskPeer, exampleCall, exampleLogin, openDesk } from '../../testing/index.ts';
import { readZip } from '../../testing/read-zip.ts';

const ask = async <T>(peer: ReturnType<typeof deskPeer>, method: string, parameters: object): Promise<T> => {
  const answer = await peer.request(method, parameters);
  if (!answer.ok) throw new Error(answer.refusal.reason);
  return answer.value as T;
};

const bundleOf = async (peer: ReturnType<typeof deskPeer>, window: object = {}) => {
  const prepared = await ask<PreparedBundle>(peer, deskSettingsMethods.prepareBundle, { window });
  const pieces: Buffer[] = [];
  for (let offset = 0; ; offset += pieces.at(-1)?.length ?? 0) {
    const { base64 } = await ask<BundlePiece>(peer, deskSettingsMethods.readBundle, {
      id: prepared.id,
      offset,
    });
    if (base64 === '') break;
    pieces.push(Buffer.from(base64, 'base64'));
  }
  const zip = Buffer.concat(pieces);
  return { prepared, zip, files: readZip(zip) };
};

const planted = {
  password: exampleLogin.password ?? '',
  sip: 'digest-ha1-of-the-phone',
  customer: 'Berta Blumenthal',
  number: '+46701234567',
  note: 'pays with card 4111111111111111',
  typed: '990101-1234',
  mail: 'berta@customer.example',
};

test('WIN-98 no secret and no customer is in a bundle, wherever they were planted; what a supporter needs is', async () => {
  await using desk = await openDesk();
  desk.settings.server = `http://anna:${planted.sip}@127.0.0.1:1`;
  const program = await desk.connected('screen pop');
  const call = exampleCall({
    ID: 7,
    CallerName: planted.customer,
    PhoneNumber: planted.number,
    PrivateData: planted.note,
    IVRData: [planted.typed],
    IVRLabels: ['Birthday'],
    CallInfo: { ...exampleCall().CallInfo, CallingNumber: planted.number, IVRDataString: planted.typed },
  });
  desk.gateway.publish('OnCallEvent', call);
  desk.gateway.setSnapshot({ ...desk.gateway.snapshot, calls: [call] });
  await program.makeCall(planted.number, planted.customer, true);
  await program.setPrivateData(7, planted.note);
  desk.gateway.respond('answerCall', () => ({
    ok: false,
    refusal: { reason: 'internalError', detail: `${planted.password} Bearer ${planted.sip} ${planted.mail}` },
  }));
  await program.answerCall(7);
  const peer = deskPeer(desk);
  const { prepared, files, zip } = await bundleOf(peer, {
    note: planted.password,
    deep: [{ CallerName: planted.customer, ha1: planted.sip, text: planted.note }],
    number: planted.number,
    language: 'de',
  });
  const everything = [...Object.values(files), JSON.stringify(prepared)].join('\n');
  for (const [what, value] of Object.entries(planted)) expect(everything.includes(value), what).toBe(false);
  expect(everything).not.toContain(new URL(desk.application.window ?? '').hash.slice(1));
  expect(everything).not.toMatch(/token-\d/);
  expect(Object.keys(files)).toEqual(prepared.parts.map(each => each.name));
  expect(prepared.bytes).toBe(zip.length);
  expect(files['Agent.log']).toContain('REQ screen pop#');
  expect(files['Agent.log']).toContain('"ID":7');
  expect(JSON.parse(files['about.json'] ?? '')).toMatchObject({ release: '0.1.0', node: process.version });
  expect(JSON.parse(files['settings.json'] ?? '')).toMatchObject({ server: 'http://***@127.0.0.1:1' });
  expect(JSON.parse(files['connection.json'] ?? '')).toMatchObject({ state: 'attached' });
  expect(JSON.parse(files['connected.json'] ?? '')).toMatchObject({ programs: [{ name: 'screen pop' }] });
  expect(JSON.parse(files['window.json'] ?? '')).toMatchObject({ language: 'de' });
});

test('WIN-97 a bundle of a long log is bounded, comes in pieces, and an earlier one is gone', async () => {
  await using desk = await openDesk();
  // words that do not pack well
  for (let each = 0; each < 450; each++)
    desk.gateway.publish(
      'OnCallEvent',
      exampleCall({ ID: each + 1, CalledNumber: `n${Math.sin(each)}`.repeat(300) }),
    );
  await expect.poll(() => desk.readLog().length, { timeout: 30_000 }).toBeGreaterThan(4_500_000);
  const peer = deskPeer(desk);
  const first = await bundleOf(peer);
  expect(first.files['Agent.log']?.length).toBeLessThan(4_100_000);
  await bundleOf(peer);
  const answer = await peer.request(deskSettingsMethods.readBundle, { id: first.prepared.id, offset: 0 });
  expect(answer).toMatchObject({ ok: false, refusal: { reason: 'invalidValue' } });
}, 60_000);
