export type { SiteConfiguration } from './configuration/configuration.ts';
export type { CallManagerCommand, CallManagerInventory, CallManagerReport } from './ports/call-manager.ts';
export type { Answer, Outcome, Publication, SiteMessage, SiteRequest, StreamItem } from './site.ts';
