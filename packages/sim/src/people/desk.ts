import type { ICall, IUserInformation } from '@cordboard/contract';
import type { SiteRequest } from '@cordboard/core';
import type { WaitingItem } from './dispatch-board.ts';

/** What stands before an agent: the application with its replica, or a program beside it. */
export interface Desk {
  /** the application runs and is connected */
  readonly present: boolean;
  /** what the agent sees now; null: not logged on */
  user(): IUserInformation | null;
  calls(): readonly ICall[];
  /** what waits to be picked, as far as he was told */
  waiting(): readonly WaitingItem[];
  request(request: SiteRequest): void;
  /** at an extension; '' = his own */
  logOn(extension: string): void;
  /** logs on from another window, and the one that he has is out */
  takeOver(): void;
  logOff(): void;
  /** the application is gone without a word, or the network is */
  lose(): void;
  comeBack(): void;
}
