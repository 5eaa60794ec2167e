import type { CallManagerCommand, SiteMessage } from '@cordboard/core';

const mediaOf = (command: CallManagerCommand): string => {
  if (!('media' in command)) return '';
  const { media } = command;
  switch (media.type) {
    case 'connected':
      return ` with ${media.with}`;
    case 'conference':
      return ` in ${media.name}`;
    case 'monitor':
      return ` of ${media.of}${media.whisper ? ' whispering' : ''}`;
    case 'play':
      return ` ${media.sounds.map(each => ('name' in each ? each.name : each.type)).join('+')}`;
    case 'none':
      return ' none';
  }
};

/** One line of what a message led to, for the history that is shown with a violation. */
export const describe = (message: SiteMessage, commands: readonly CallManagerCommand[]): string => {
  const { at: _, ...rest } = message;
  const isLong = message.type === 'configure' || message.type === 'inventory';
  const what = isLong ? message.type : JSON.stringify(rest);
  const done = commands.map(each => `${each.type} leg ${each.leg}${mediaOf(each)}`);
  return done.length === 0 ? what : `${what} => ${done.join(', ')}`;
};
