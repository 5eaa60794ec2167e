import { Bool, Int, type Static, Text, Type } from '../schema.ts';

/** What the site's configuration says of an agent's window: his web tabs, and what pages in them may do. */

const placements = ['main', 'docked', 'floating'] as const;
/** in the main strip of tabs; beside the work; over it */
export type TabPlacement = (typeof placements)[number];
export const TabPlacement = Type.Unsafe<TabPlacement>({ type: 'string', enum: [...placements] });

const tabKinds = ['default', 'personal', 'group'] as const;

export const ConfiguredTab = Type.Object({
  kind: Type.Unsafe<(typeof tabKinds)[number]>({ type: 'string', enum: [...tabKinds] }),
  name: Text,
  url: Text,
  placement: TabPlacement,
});
export type ConfiguredTab = Static<typeof ConfiguredTab>;

const moments = ['ringing', 'connected', 'ended'] as const;

/** A tab that opens by itself at a moment of a call. */
export const ActionTab = Type.Object({
  on: Type.Unsafe<(typeof moments)[number]>({ type: 'string', enum: [...moments] }),
  /** its name; '' = calls of any service group, and those of none */
  group: Text,
  /** both with placeholders: `{CallingNumber}` */
  name: Text,
  url: Text,
  placement: TabPlacement,
  /** it comes to the front */
  select: Bool,
});
export type ActionTab = Static<typeof ActionTab>;

/** What the pages of one origin may do. A page of another origin may do nothing. */
export const PageRights = Type.Object({
  /** `https://crm.example.com` */
  origin: Text,
  /** by their camelCase names, or `all` that pages may call */
  methods: Type.Array(Text),
  /** by their documented names, or `all` */
  events: Type.Array(Text),
  /** properties that reach the page empty, and IVR fields as `IVR:label` */
  withoutFields: Type.Array(Text),
  requestsPerSecond: Int,
});
export type PageRights = Static<typeof PageRights>;

/** Stands in `methods` and `events` for every one. */
export const everything = 'all';

export const Workspace = Type.Object({
  tabs: Type.Array(ConfiguredTab),
  actions: Type.Array(ActionTab),
  pages: Type.Array(PageRights),
  /** labels of the IVR fields whose data no log may show */
  secretFields: Type.Array(Text),
});
export type Workspace = Static<typeof Workspace>;

/** An item of the agent's stream, `[Workspace]`: the site's configuration is another. Programs are not told. */
export const workspaceItem = 'workspace';
