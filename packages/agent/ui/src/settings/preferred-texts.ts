import type { Texts } from '../texts/english.ts';
import { textsFor } from '../texts/texts.ts';
import type { Preferences } from './preferences.ts';

export const preferredTexts = ({ language }: Pick<Preferences, 'language'>): Texts =>
  textsFor(language === 'auto' ? navigator.languages : [language]);
