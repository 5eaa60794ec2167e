import {
  type AgentSnapshot,
  type Answer,
  type Clock,
  checkOf,
  type DeskTabs,
  findMethod,
  type ICall,
  type MethodName,
  type PageRights,
  type Refusal,
  type Route,
  type Transport,
  Workspace,
  workspaceItem,
} from '@cordboard/contract';
import type { Asker } from '../host/client-connection.ts';
import type { ClientStream, StreamEntry } from '../host/client-stream.ts';
import type { AgentLog } from '../log/agent-log.ts';
import { createCallMoments } from './call-moments.ts';
import { deskTabRoutes } from './desk-tab-routes.ts';
import { createEventTimes } from './event-times.ts';
import { fillText, fillUrl, templateOrigin, templateValues } from './fill-template.ts';
import type { AskFraming } from './framing.ts';
import { createPageConnection } from './page-connection.ts';
import { createConnectedPages } from './pages-connected.ts';
import { tabAnswers } from './tab-answers.ts';
import { noTabs, reduceTabs, type Tab, type TabAction, tabsInOrder } from './tab-model.ts';

export interface TabsOptions {
  clock: Clock;
  log: AgentLog;
  stream: ClientStream;
  release: string;
  /** null: pages may connect now */
  refusal(): { ok: false; refusal: Refusal } | null;
  snapshot(): AgentSnapshot | null;
  /** what is no matter of tabs */
  answer(asker: Asker, method: MethodName, parameters: object): Answer | Promise<Answer>;
  /** null: nothing is asked, and every page is tried */
  askFraming: AskFraming | null;
  /** milliseconds by which the server's clock is ahead */
  clockOffset(): number;
  /** the windows are to be told */
  onChanged(): void;
}

/** The web tabs of the agent, and the pages in them. */
export interface Tabs {
  /** for the desk wire */
  readonly routes: ReadonlyMap<string, Route>;
  state(): DeskTabs;
  /** of what frames may show */
  frameOrigins(): string[];
  /** whose pages may load the script and be connected */
  isPageOrigin(origin: string): boolean;
  /** An item of the agent's stream: another configuration, or a call at whose state an Agent Action opens a tab. */
  take(event: string, snapshot: AgentSnapshot, values: readonly unknown[]): void;
  /** from a program */
  answer(method: MethodName, parameters: object): Answer;
  /** `at`: when the site made it */
  publish(entry: StreamEntry, at?: number): void;
  /** A page, by the browser's word of this origin, is in a tab. */
  welcome(transport: Transport, gone: () => void, page: { tab: string; origin: string }): void;
  /** Nobody is logged on. */
  clear(): void;
}

/** Until a page whose server does not answer is looked for again. */
const lookAgain = 1_000;

const checkWorkspace = checkOf(Workspace);
const nothingConfigured: Workspace = { tabs: [], actions: [], pages: [], secretFields: [] };

const originOf = (url: string | null): string => (url === null ? '' : new URL(url).origin);

export const createTabs = (options: TabsOptions): Tabs => {
  const { clock, log } = options;
  let model = noTabs;
  let workspace = nothingConfigured;
  let moments = createCallMoments();
  let lastPage = 0;
  const pages = createConnectedPages();
  const times = createEventTimes(clock, log, options.clockOffset);

  const dispatch = (action: TabAction): void => {
    const before = model;
    model = reduceTabs(model, action);
    if (model === before) return;
    for (const tab of model.tabs) if (isAnother(before.tabs, tab)) void lookAtFraming(tab);
    options.onChanged();
  };
  const lookAtFraming = async ({ key, url, load }: Tab): Promise<void> => {
    const shown = () => model.tabs.find(each => each.key === key && each.url === url && each.load === load);
    if (url === null || !options.askFraming || !shown()) return;
    const framing = await options.askFraming(url);
    const tab = shown();
    if (!tab) return;
    if (framing !== tab.framing) dispatch({ type: 'framing', key, url, framing });
    // its server may be about to start
    if (framing === 'unreachable') clock.after(lookAgain, () => void lookAtFraming(tab));
  };
  const answerTabs = tabAnswers(() => model, dispatch);

  const rightsOf = (origin: string): PageRights | null =>
    pages.isRevoked(origin) ? null : (workspace.pages.find(each => each.origin === origin) ?? null);

  const open = (call: ICall, on: string): void => {
    const snapshot = options.snapshot();
    if (!snapshot) return;
    const groupId = (name: string) => snapshot.serviceGroups.find(each => each.name === name)?.id ?? null;
    const values = templateValues(call, snapshot.user, groupId);
    for (const action of workspace.actions) {
      if (action.on !== on || (action.group !== '' && action.group !== values.get('GroupName'))) continue;
      const url = fillUrl(action.url, values);
      if (url === null) log.warning('an Agent Action has no page to open', { action: action.name });
      else
        dispatch({
          type: 'opened',
          name: fillText(action.name, values),
          url,
          placement: action.placement,
          select: action.select,
        });
    }
  };

  const configure = ({ workspace: next = nothingConfigured }: AgentSnapshot): void => {
    const fault = checkWorkspace(next);
    if (fault) {
      log.error('the configuration of the window was left out', fault);
      return;
    }
    workspace = next;
    log.secretFields = new Set([...log.secretFields, ...next.secretFields.map(each => each.toLowerCase())]);
    pages.hold(next);
    dispatch({ type: 'configured', tabs: next.tabs });
  };

  const state = (): DeskTabs => ({
    tabs: tabsInOrder(model).map(tab => ({
      key: tab.key,
      name: tab.name,
      url: tab.url,
      origin: originOf(tab.url),
      symbol: tab.symbol,
      color: tab.color,
      placement: tab.placement,
      load: tab.load,
      closable: tab.kind === 'action',
      framing: tab.framing,
      rights: rightsOf(originOf(tab.url)),
    })),
    selected: model.selected,
    front: model.front,
    raised: model.raised,
    focused: model.focused,
    origins: workspace.pages.map(each => each.origin).filter(each => rightsOf(each) !== null),
  });

  return {
    state,
    routes: deskTabRoutes({
      state,
      dispatch,
      listPages: () => pages.list(key => model.tabs.find(each => each.key === key)?.name ?? ''),
      revokePage(number) {
        const done = pages.revoke(number);
        if (done) options.onChanged();
        return done;
      },
    }),
    frameOrigins() {
      const configured = [
        ...workspace.tabs.map(each => each.url),
        ...workspace.actions.map(each => each.url),
      ];
      const all = [
        ...configured.map(each => templateOrigin(each) ?? ''),
        ...workspace.pages.map(each => each.origin),
        ...model.tabs.map(each => originOf(each.url)),
      ];
      return [...new Set(all)].filter(each => /^https?:\/\/[^\s;,'"]+$/.test(each));
    },
    isPageOrigin: origin => rightsOf(origin) !== null,
    take(event, snapshot, [value]) {
      if (event === workspaceItem) configure(snapshot);
      if (event !== 'OnCallEvent') return;
      const moment = moments.next(value as ICall);
      if (moment !== null) open(value as ICall, moment);
    },
    answer: (method, parameters) => answerTabs(method, parameters, null),
    publish(entry, at) {
      times.told(entry, at);
      pages.send(entry);
    },
    welcome(transport, gone, { tab, origin }) {
      const rights = rightsOf(origin);
      if (!rights || !model.tabs.some(each => each.key === tab && each.url !== null)) {
        log.warning('a page of an unknown origin, or of no tab, was not let in', { origin });
        transport.close('not configured');
        return gone();
      }
      lastPage += 1;
      const page = createPageConnection({
        transport,
        clock,
        log,
        stream: options.stream,
        release: options.release,
        number: lastPage,
        origin,
        tab,
        rights,
        refusal: options.refusal,
        snapshot: options.snapshot,
        answer: (asker, method, parameters) =>
          findMethod(method)?.answeredBy === 'workspace'
            ? answerTabs(method, parameters, tab)
            : options.answer(asker, method, parameters),
        onHandled: ({ label }, { handled }) => times.handled(label, handled),
        onClose(ended) {
          pages.delete(ended);
          gone();
        },
      });
      pages.add(page, new Date(clock.now()).toISOString());
    },
    clear() {
      workspace = nothingConfigured;
      moments = createCallMoments();
      pages.closeAll('nobody is logged on');
      model = noTabs;
      options.onChanged();
    },
  };
};

const isAnother = (before: readonly Tab[], tab: Tab): boolean =>
  tab.url !== null &&
  !before.some(each => each.key === tab.key && each.url === tab.url && each.load === tab.load);
