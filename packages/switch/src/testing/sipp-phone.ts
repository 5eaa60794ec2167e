import { spawn } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Scenarios of SIPp as a phone that is called by the switch, put together from steps. SIPp's SIP was written by nobody here; it
 * fails when a message does not come, or another one does.
 */
export interface SippPhone {
  /** ends when the scenario does: '' or what went wrong, in SIPp's words */
  readonly ended: Promise<string>;
}

const copied = '[last_Via:]\n[last_From:]\n[last_To:]\n[last_Call-ID:]\n[last_CSeq:]';
const contact = 'Contact: <sip:[local_ip]:[local_port]>';

export function description(direction = 'sendrecv', address = '[media_ip]'): string {
  return [
    'Content-Type: application/sdp',
    'Content-Length: [len]',
    '',
    'v=0',
    'o=- 1 [call_number] IN IP4 [local_ip]',
    's=-',
    `c=IN IP4 ${address}`,
    't=0 0',
    'm=audio [media_port] RTP/AVP 0',
    `a=${direction}`,
    '',
  ].join('\n');
}

const nothing = 'Content-Length: 0\n';

function send(text: string): string {
  return `<send><![CDATA[\n${text}\n]]></send>`;
}

/** It is called, and keeps what it needs to speak in the dialog. */
export const isCalled = `<recv request="INVITE"><action>
  <ereg regexp=".*" search_in="hdr" header="From:" assign_to="remote" />
  <ereg regexp=".*" search_in="hdr" header="To:" assign_to="local" />
  <ereg regexp="sip:[^&gt;]+" search_in="hdr" header="Contact:" assign_to="target" />
</action></recv><Reference variables="remote,local,target" />`;

export function responds(status: number, more: string[] = [], body = nothing): string {
  return send(
    [`SIP/2.0 ${status} X`, copied.replace('[last_To:]', '[last_To:];tag=sipp'), ...more, contact, body].join(
      '\n',
    ),
  );
}

/** The answer to a request within the call. */
export const obeys = send(['SIP/2.0 200 OK', copied, contact, nothing].join('\n'));

export const isAcknowledged = '<recv request="ACK" />';
export const hangsUpWhenTold = `<recv request="BYE" timeout="20000" />${obeys}`;

/** A request of the phone, and the status that it gets. */
export function asks(method: string, number: number, status: number, body = nothing): string {
  const request = [
    `${method} [$target] SIP/2.0`,
    'Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]',
    'From:[$local];tag=sipp',
    'To:[$remote]',
    'Call-ID: [call_id]',
    `CSeq: ${number} ${method}`,
    contact,
    'Max-Forwards: 70',
    body,
  ].join('\n');
  const answer = `<recv response="100" optional="true" /><recv response="${status}" />`;
  return `${send(request).replace('<send>', '<send retrans="500">')}${answer}`;
}

/** ACK for its re-INVITE; with a body where the switch made the offer. */
export function acknowledges(number: number, body = nothing): string {
  const request = [
    'ACK [$target] SIP/2.0',
    'Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]',
    'From:[$local];tag=sipp',
    'To:[$remote]',
    'Call-ID: [call_id]',
    `CSeq: ${number} ACK`,
    contact,
    'Max-Forwards: 70',
    body,
  ];
  return send(request.join('\n'));
}

export async function startSippPhone(
  folder: string,
  port: number,
  steps: string[],
  address = '127.0.0.1',
): Promise<SippPhone> {
  const own = join(folder, `sipp-${port}`);
  await mkdir(own);
  const text = `<?xml version="1.0" encoding="ISO-8859-1"?>\n<scenario name="a phone">\n${steps.join('\n')}\n</scenario>\n`;
  await writeFile(join(own, 'phone.xml'), text);
  const child = spawn(
    'sipp',
    [
      ...['-sf', 'phone.xml', '-p', `${port}`, '-i', address, '-m', '1', '-nostdin'],
      ...['-timeout', '30', '-timeout_error', '-trace_err'],
    ],
    { cwd: own, stdio: 'ignore', env: { ...process.env, TERM: 'dumb' } },
  );
  const ended = new Promise<number | null>(resolve => child.once('exit', resolve)).then(async code => {
    if (code === 0) return '';
    const logs = (await readdir(own)).filter(name => name.endsWith('_errors.log'));
    const texts = await Promise.all(logs.map(name => readFile(join(own, name), 'utf8')));
    return `${code}: ${texts.join('')}`;
  });
  return { ended };
}
