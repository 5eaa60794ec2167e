import { framePath, windowProtocols } from '@cordboard/contract';

/** How this page comes to its application. */
export interface Door {
  /** null: nobody has logged on here yet */
  token(): string | null;
  /** Its connection was refused or broke. False: nothing is to be had with this token any more. */
  stillOpens(): Promise<boolean>;
  /** where the empty page stands that is around each web tab */
  frame(): string;
}

/** The page that an application on this machine serves: its token is that of the application's run. */
export const deskDoor = (token: string): Door => ({
  token: () => token,
  stillOpens: async () => true,
  frame: () => `.${framePath}`,
});

/** `/desk` stands beside the page, wherever that is. */
const addressOf = (path: string): string => {
  const address = new URL(path.slice(1), location.href);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  address.hash = '';
  return address.href;
};

export const openSocket = (door: Door, path: string): WebSocket =>
  new WebSocket(addressOf(path), [
    windowProtocols.spoken,
    `${windowProtocols.tokenPrefix}${door.token() ?? ''}`,
  ]);
