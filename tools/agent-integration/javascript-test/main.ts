// The script test page: every method that pages may call, and the events as they come.
import type { TabClient, TabEventName } from '@cordboard/sdk/tab';
import type { InterfaceFacts } from '../page-server/method-facts.ts';
import { type Connection, connectionText, followConnection } from '../pages/connection.ts';
import { byId, make, makeButton } from '../pages/element.ts';
import { showEvents } from './event-list.ts';
import { createEventLog } from './event-log.ts';
import { methodEntry } from './method-form.ts';

const facts = (await (await fetch('/interface.json')).json()) as InterfaceFacts;
const log = createEventLog();
const methodFilter = byId('method-filter') as HTMLInputElement;
const eventFilter = byId('event-filter') as HTMLInputElement;
let client: TabClient | null = null;
let followed: TabClient | null = null;
let paused = false;

// ---- methods

const entries = facts.methods.map(method => ({
  method,
  entry: methodEntry(method, { client: () => client, refusals: facts.refusals }),
}));

const showMethods = () => {
  const words = methodFilter.value.toLowerCase().split(/\s+/).filter(Boolean);
  const found = entries.filter(({ method }) => {
    const text = `${method.name} ${method.group} ${method.text}`.toLowerCase();
    return words.every(word => text.includes(word));
  });
  const groups = [...new Set(found.map(each => each.method.group))];
  byId('methods').replaceChildren(
    ...groups.flatMap(group => [
      make('h3', { class: 'group' }, group),
      ...found.filter(each => each.method.group === group).map(each => each.entry),
    ]),
  );
  byId('method-count').textContent = `${found.length} of ${entries.length} methods`;
};
methodFilter.addEventListener('input', showMethods);
showMethods();

// ---- events

let painting = false;
const paintEvents = () => {
  if (painting || paused) return;
  painting = true;
  requestAnimationFrame(() => {
    painting = false;
    const count = showEvents(byId('events'), log, eventFilter.value);
    byId('event-count').textContent = `${count} of ${log.size} events`;
  });
};
eventFilter.addEventListener('input', paintEvents);

const pause = makeButton('Pause', () => {
  paused = !paused;
  pause.textContent = paused ? 'Go on' : 'Pause';
  paintEvents();
});
const clear = makeButton('Clear', () => {
  log.clear();
  paintEvents();
});
byId('event-tools').append(pause, clear);
paintEvents();

const callIds = new Set<number>();
const noteCall = (values: readonly unknown[]) => {
  const call = values[0] as { ID: number; State: number };
  if (call.State === 1) callIds.delete(call.ID);
  else callIds.add(call.ID);
  byId('call-ids').replaceChildren(...[...callIds].map(id => make('option', { value: `${id}` })));
};

const follow = (connected: TabClient) => {
  followed = connected;
  const names = [...facts.events.map(each => each.name), 'operationFailed'];
  for (const name of names)
    connected.on(name as TabEventName, (...values: unknown[]) => {
      log.add(name, values, Date.now());
      if (name === 'OnCallEvent') noteCall(values);
      paintEvents();
    });
};

// ---- connection

const showAgent = async (connected: TabClient) => {
  const user = await connected.getUserInformation();
  byId('agent').textContent = user.UserName === '' ? '' : `${user.UserName}, ${user.ExtensionNumber}`;
};

const show = (connection: Connection) => {
  const { short, advice } = connectionText(connection);
  const badge = byId('connection');
  badge.textContent = short;
  badge.dataset['state'] = connection.type;
  byId('advice').textContent = advice;
  client = connection.type === 'connected' ? connection.client : null;
  if (!client) return;
  if (client !== followed) follow(client);
  void showAgent(client);
};

void followConnection(show);
