import type { CallManagerCommand, SiteMessage } from '@cordboard/core';

/** One line of what a message led to, for the history that is shown with a violation. */
export const describe = (message: SiteMessage, commands: readonly CallManagerCommand[]): string => {
  const { at: _, ...rest } = message;
  const isLong = message.type === 'configure' || message.type === 'inventory';
  const what = isLong ? message.type : JSON.stringify(rest);
  const done = commands.map(each => `${each.type} leg ${each.leg}`);
  return done.length === 0 ? what : `${what} => ${done.join(', ')}`;
};
