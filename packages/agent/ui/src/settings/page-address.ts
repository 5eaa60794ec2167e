/** The pages of the settings, in the order in which they are listed. */
export const settingsSections = [
  'general',
  'notifications',
  'audio',
  'shortcuts',
  'programs',
  'connection',
  'log',
  'support',
  'about',
] as const;
export type SettingsSection = (typeof settingsSections)[number];

/** `#settings` and `#settings/log` are addresses of pages; anything else is the agent's work. */
export const sectionOf = (hash: string): SettingsSection | null => {
  const [page, name = 'general'] = hash.replace(/^#/, '').split('/');
  if (page !== 'settings') return null;
  return settingsSections.find(each => each === name) ?? 'general';
};

export const addressOf = (section: SettingsSection): string => `#settings/${section}`;
