// A sample CRM: shows who calls, calls whom it shows, and keeps notes that go with the call.
import type { ICall } from '@cordboard/contract';
import type { TabClient } from '@cordboard/sdk/tab';
import { type Connection, connectionText, followConnection } from '../pages/connection.ts';
import { byId, make, makeButton } from '../pages/element.ts';
import { actionsOf, type Calls, callOfPage, numberOf, withCall } from './call-of-page.ts';
import { type Shown, showCard } from './customer-card.ts';
import { customerByNumber, customers, findCustomers } from './customers.ts';
import { createNotes } from './notes.ts';

const notes = createNotes(localStorage);
const search = byId('search') as HTMLInputElement;
let client: TabClient | null = null;
let followed: TabClient | null = null;
let calls: Calls = new Map();
let shown: Shown | null = null;

const say = (text: string, state: 'good' | 'bad' | 'quiet' = 'quiet') => {
  const said = byId('said');
  said.className = `said ${state}`;
  said.textContent = text;
};

/** Does something at the Agent application; a refusal is said with its reason. */
const ask = async (what: string, request: (client: TabClient) => Promise<boolean>): Promise<boolean> => {
  if (!client) {
    say(`${what}: not connected.`, 'bad');
    return false;
  }
  try {
    const accepted = await request(client);
    const { reason = 'no reason', detail } = client.lastRefusal ?? {};
    if (accepted) say(`${what}.`, 'good');
    else say(`${what}: refused, ${reason}${detail === undefined ? '' : ` (${detail})`}.`, 'bad');
    return accepted;
  } catch (error) {
    say(`${what}: ${error instanceof Error ? error.message : String(error)}`, 'bad');
    return false;
  }
};

// ---- who is shown

const saveNote = async ({ number }: Shown, text: string) => {
  const kept = notes.add(number, { at: Date.now(), text });
  const call = [...calls.values()].find(each => numberOf(each) === number);
  const saved = kept ? 'Note saved' : 'The browser keeps no notes for this page';
  if (call) {
    const attached = await ask(`${saved}, and attached to call ${call.ID}`, each =>
      each.setPrivateData(call.ID, text),
    );
    if (!attached && kept) byId('said').prepend(`${saved}, but not attached. `);
  } else say(`${saved}.`, kept ? 'good' : 'bad');
  showPerson();
};

const showPerson = () => {
  showCard(byId('card'), shown, shown ? notes.of(shown.number) : [], {
    dial: ({ number, customer }) =>
      void ask(`Calling ${customer?.name ?? number}`, each => each.makeCall(number, customer?.name ?? null)),
    saveNote: (whom, text) => void saveNote(whom, text),
  });
  showList();
};

const showNumber = (number: string, callerName = '') => {
  shown = { number, callerName, customer: customerByNumber(number) };
  showPerson();
};

const showList = () => {
  const found = findCustomers(search.value);
  byId('list').replaceChildren(
    ...found.map(({ number, name, company }) =>
      make(
        'li',
        {},
        openButton(number, name, company),
        makeButton('Call', () => void ask(`Calling ${name}`, each => each.makeCall(number, name)), {
          'aria-label': `Call ${name}`,
        }),
      ),
    ),
    ...(found.length === 0 ? [make('li', { class: 'quiet' }, `None of ${customers.length} customers.`)] : []),
  );
};

const openButton = (number: string, name: string, company: string) => {
  const button = makeButton('', () => showNumber(number), { class: 'open' });
  if (shown?.number === number) button.setAttribute('aria-current', 'true');
  button.append(make('strong', {}, name), make('span', { class: 'quiet' }, `${company}, ${number}`));
  return button;
};
search.addEventListener('input', showList);

// ---- the call

const stateOf = (call: ICall): string => (call.CanAnswer ? 'ringing' : call.CanHangup ? 'talking' : 'other');

const showCall = () => {
  const bar = byId('call');
  const call = callOfPage(calls);
  bar.dataset['state'] = call ? stateOf(call) : 'none';
  if (!call) return bar.replaceChildren(make('span', { class: 'quiet' }, 'No call.'));
  const number = numberOf(call);
  const name = customerByNumber(number)?.name ?? call.CallerName;
  const group = call.CallInfo.GroupName === '' ? '' : ` for ${call.CallInfo.GroupName}`;
  bar.replaceChildren(
    make(
      'span',
      {},
      make('strong', {}, name === '' ? number : name),
      make('span', { class: 'quiet' }, ` ${number} ${call.StateDescription}${group}`),
    ),
    make(
      'span',
      { class: 'row' },
      ...actionsOf(call).map(({ action, text }) =>
        makeButton(
          text,
          () =>
            void ask(text, each => (action === 'holdActiveCall' ? each[action]() : each[action](call.ID))),
          {
            ...(action === 'answerCall' && { class: 'main' }),
          },
        ),
      ),
    ),
  );
};

/** A screen pop: a call that is new and rings, or that the agent makes, shows whom it is with. */
const takeCall = (call: ICall) => {
  const isNew = !calls.has(call.ID) && call.State !== 1;
  calls = withCall(calls, call);
  showCall();
  if (isNew) showNumber(numberOf(call), call.CallerName);
};

// ---- connection

const follow = async (connected: TabClient) => {
  followed = connected;
  connected.on('OnCallEvent', takeCall);
};

const show = (connection: Connection) => {
  const { short, advice } = connectionText(connection);
  const badge = byId('connection');
  badge.textContent = short;
  badge.dataset['state'] = connection.type;
  byId('advice').textContent = advice;
  client = connection.type === 'connected' ? connection.client : null;
  if (client && client !== followed) void follow(client);
};

showCall();
const asked = new URLSearchParams(location.search).get('number');
if (asked) showNumber(asked);
else showPerson();
void followConnection(show);
