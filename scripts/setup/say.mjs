/** One line of progress, told apart from what the command itself prints. */
export const say = text => console.log(`[set-up] ${text}`);
