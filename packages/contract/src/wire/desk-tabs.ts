import { Bool, BoundedText, Int, type Static, Text, Type } from '../schema.ts';
import { PageRights, TabPlacement } from './workspace.ts';

/**
 * The desk wire's part for tabs. The Agent application has the tabs; its windows show them and say what the agent does with
 * them, so that every window shows the same and a program is answered also while none is open.
 */
const framings = ['unknown', 'allowed', 'forbidden', 'unreachable'] as const;

export const DeskTab = Type.Object({
  /** the same as long as the tab is there */
  key: Text,
  name: Text,
  /** null: no web page, but the agent's work */
  url: Type.Union([Text, Type.Null()]),
  /** of `url` */
  origin: Text,
  symbol: Text,
  color: Text,
  placement: TabPlacement,
  /** another number: the page is to be loaded again */
  load: Int,
  closable: Bool,
  /** whether the page's server lets it be shown in a frame */
  framing: Type.Unsafe<(typeof framings)[number]>({ type: 'string', enum: [...framings] }),
  /** null: the page is not connected with the application, and may not be */
  rights: Type.Union([PageRights, Type.Null()]),
});
export type DeskTab = Static<typeof DeskTab>;

export const DeskTabs = Type.Object({
  /** those of the main strip, the dock, and those that float, in their order */
  tabs: Type.Array(DeskTab),
  /** key of the one of the main strip that is shown */
  selected: Text,
  /** key of the one of the dock that is shown; null: nothing is docked */
  front: Type.Union([Text, Type.Null()]),
  /** key of the one that floats over the others; null: none floats */
  raised: Type.Union([Text, Type.Null()]),
  /** key of the one that has the keyboard */
  focused: Type.Union([Text, Type.Null()]),
  /** whose pages may be connected */
  origins: Type.Array(Text),
});
export type DeskTabs = Static<typeof DeskTabs>;

/** A page that is connected to the application. */
export const ConnectedPage = Type.Object({
  number: Int,
  origin: Text,
  /** name of its tab */
  tab: Text,
  connectedAt: Text,
  rights: PageRights,
});
export type ConnectedPage = Static<typeof ConnectedPage>;

export const TabRequest = Type.Object({ key: BoundedText(64) });
export type TabRequest = Static<typeof TabRequest>;
export const FocusRequest = Type.Object({ key: Type.Union([BoundedText(64), Type.Null()]) });
export type FocusRequest = Static<typeof FocusRequest>;
export const RevokePageRequest = Type.Object({ number: Int });
export type RevokePageRequest = Static<typeof RevokePageRequest>;

export const deskTabMethods = {
  /** `DeskTabs` */
  getTabs: 'deskGetTabs',
  /** `TabRequest`: the agent selected it */
  selectTab: 'deskSelectTab',
  /** `TabRequest` */
  closeTab: 'deskCloseTab',
  /** `TabRequest`: its page is loaded again */
  reloadTab: 'deskReloadTab',
  /** `FocusRequest` */
  focusTab: 'deskFocusTab',
  /** `ConnectedPage[]` */
  listPages: 'deskListPages',
  /** `RevokePageRequest`: it is disconnected, and no page of its origin is taken again by this run of the application */
  revokePage: 'deskRevokePage',
} as const;

export const deskTabNotifications = {
  /** `DeskTabs`, whenever they are others */
  tabs: 'deskTabs',
} as const;

/** Path of the empty page around each frame, whose content security policy says what the frame may show. */
export const framePath = '/frame';
/** Path of a page's WebSocket; the window names the tab and the origin that the browser says the page has. */
export const pagePath = '/page';
