import type { TabClient } from '@cordboard/sdk/tab';
import type { InterfaceFacts, MethodFacts, ParameterFacts } from '../page-server/method-facts.ts';
import { make, makeButton } from '../pages/element.ts';
import { asCode, readArguments } from './arguments.ts';

export interface FormSurroundings {
  /** null: not connected */
  client(): TabClient | null;
  refusals: InterfaceFacts['refusals'];
}

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const choose = (options: readonly (readonly [text: string, value: string])[], id: string) =>
  make('select', { id }, ...options.map(([text, value]) => make('option', { value }, text)));

const fieldOf = (parameter: ParameterFacts, id: string): Field => {
  const { kind, choices, optional, maximumLength } = parameter;
  const none = optional ? [['not used', ''] as const] : [];
  if (kind === 'boolean') return choose([...none, ['true', 'true'], ['false', 'false']], id);
  if (choices.length > 0)
    return choose([...none, ...choices.map(each => [each.name, `${each.value}`] as const)], id);
  if (kind === 'list') return make('textarea', { id, spellcheck: 'false' });
  return make('input', {
    id,
    autocomplete: 'off',
    spellcheck: 'false',
    ...(maximumLength !== null && { maxlength: `${maximumLength}` }),
    ...(parameter.name === 'callId' && { list: 'call-ids', inputmode: 'numeric' }),
  });
};

type Method = (...values: unknown[]) => Promise<unknown>;

/** Calls a method and says what came of it: the answer, or the reason of the refusal, and the time that it took. */
const callMethod = async (
  client: TabClient,
  method: MethodFacts,
  values: readonly unknown[],
  refusals: InterfaceFacts['refusals'],
): Promise<{ state: 'good' | 'bad'; head: string; body: string }> => {
  const before = client.lastRefusal;
  const started = performance.now();
  const took = () => `${(performance.now() - started).toFixed(1)} ms`;
  try {
    const value = await (client as unknown as Record<string, Method>)[method.name]?.(...values);
    const head = took();
    const body = JSON.stringify(value, null, 2) ?? 'undefined';
    const refusal = client.lastRefusal === before ? null : client.lastRefusal;
    if (!refusal) return { state: 'good', head: `Answered in ${head}`, body };
    const meaning = refusals[refusal.reason] ?? '';
    const detail = refusal.detail === undefined ? '' : ` (${refusal.detail})`;
    return { state: 'bad', head: `Refused in ${head}: ${refusal.reason}${detail}. ${meaning}`, body };
  } catch (error) {
    return { state: 'bad', head: `Failed in ${took()}`, body: String(error) };
  }
};

/** One method: its fields, its buttons, and the answer. Made when it is opened, for there are many. */
const formOf = (method: MethodFacts, { client, refusals }: FormSurroundings): HTMLElement => {
  const fields = method.parameters.map(each => fieldOf(each, `${method.name}-${each.name}`));
  const labelled = method.parameters.map((parameter, index) =>
    make(
      'div',
      {},
      make(
        'label',
        { for: `${method.name}-${parameter.name}` },
        parameter.name,
        make('span', { class: 'quiet optional' }, parameter.optional ? ' (optional)' : ''),
      ),
      fields[index] ?? '',
    ),
  );
  const head = make('p', { role: 'status' });
  const body = make('pre', { hidden: '' });
  const show = (state: 'good' | 'bad' | 'quiet', text: string, answer = '') => {
    head.className = state;
    head.textContent = text;
    body.textContent = answer;
    body.hidden = answer === '';
  };

  /** Null: a field cannot be used, and has been named. */
  const read = (): unknown[] | null => {
    for (const field of fields) field.removeAttribute('aria-invalid');
    const reading = readArguments(
      method.parameters,
      fields.map(each => each.value),
    );
    if (reading.ok) return reading.values;
    const wrong = fields[method.parameters.findIndex(each => each.name === reading.parameter)];
    wrong?.setAttribute('aria-invalid', 'true');
    wrong?.focus();
    show('bad', `${reading.parameter} ${reading.problem}.`);
    return null;
  };

  const call = async () => {
    const connected = client();
    if (!connected) return show('bad', 'Not connected.');
    const values = read();
    if (!values) return;
    show('quiet', 'Asked ...');
    const outcome = await callMethod(connected, method, values, refusals);
    show(outcome.state, outcome.head, outcome.body);
  };
  const copy = async () => {
    const values = read();
    if (!values) return;
    const code = asCode(method.name, values);
    // a frame may not be allowed to write to the clipboard: then the code is there to be selected
    const copied = await navigator.clipboard.writeText(code).then(
      () => true,
      () => false,
    );
    show('quiet', copied ? 'Copied:' : 'As code:', code);
  };

  for (const field of fields)
    if (!(field instanceof HTMLTextAreaElement))
      field.addEventListener('keydown', event => {
        if ((event as KeyboardEvent).key === 'Enter') void call();
      });
  const privilege = method.privilege === null ? '' : ` Needs the privilege ${method.privilege}.`;
  return make(
    'div',
    { class: 'method' },
    make('p', { class: 'quiet' }, `${method.text}${privilege}`),
    make('div', { class: 'fields' }, ...labelled),
    make(
      'div',
      { class: 'row' },
      makeButton(`Call ${method.name}`, () => void call(), { class: 'main' }),
      makeButton('Copy as code', () => void copy()),
    ),
    head,
    body,
  );
};

/** A method that opens by click or Enter. */
export const methodEntry = (method: MethodFacts, surroundings: FormSurroundings): HTMLElement => {
  const parameters = method.parameters.map(each => (each.optional ? `${each.name}?` : each.name)).join(', ');
  const entry = make('details', {}, make('summary', {}, make('code', {}, `${method.name}(${parameters})`)));
  entry.addEventListener('toggle', () => {
    if (entry.open && entry.childElementCount === 1) entry.append(formOf(method, surroundings));
  });
  return entry;
};
