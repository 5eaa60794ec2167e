/** What the test phone reads out of a description. */
export interface PhoneSdp {
  address: string;
  port: number;
  payloadType: number;
  telephoneEvent: number;
  direction: string;
}

export function readPhoneSdp(text: string): PhoneSdp {
  const take = (pattern: RegExp) => pattern.exec(text)?.[1] ?? '';
  const formats = take(/^m=audio \d+ RTP\/AVP ([\d ]+)/m)
    .split(' ')
    .map(Number);
  return {
    address: take(/^c=IN IP4 (\S+)/m),
    port: Number(take(/^m=audio (\d+)/m)),
    payloadType: formats[0] ?? 0,
    telephoneEvent: Number(take(/^a=rtpmap:(\d+) telephone-event/m) || -1),
    direction: take(/^a=(sendrecv|sendonly|recvonly|inactive)/m) || 'sendrecv',
  };
}

export function printPhoneSdp(fields: {
  address: string;
  port: number;
  version: number;
  payloadTypes: readonly number[];
  telephoneEvent: number;
  direction: string;
}): string {
  const events = fields.telephoneEvent;
  return [
    'v=0',
    `o=phone 4711 ${fields.version} IN IP4 ${fields.address}`,
    's=phone',
    `c=IN IP4 ${fields.address}`,
    't=0 0',
    `m=audio ${fields.port} RTP/AVP ${[...fields.payloadTypes, ...(events < 0 ? [] : [events])].join(' ')}`,
    ...(events < 0 ? [] : [`a=rtpmap:${events} telephone-event/8000`, `a=fmtp:${events} 0-15`]),
    `a=${fields.direction}`,
    '',
  ].join('\r\n');
}
