import { expect, test } from 'vitest';
import { isHtmlColor } from './colors.ts';

test.each(['red', 'RebeccaPurple', '#0ff', '#00FFFF'])('TAB-55 %s is a colour', text =>
  expect(isHtmlColor(text)).toBe(true),
);
test.each(['', 'reddish', '#00', '#00FFFF00', 'rgb(1,2,3)', 'url(https://evil.example)', 'red;x:y'])(
  'TAB-55 "%s" is none',
  text => expect(isHtmlColor(text)).toBe(false),
);
