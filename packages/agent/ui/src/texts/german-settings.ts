import type { englishSettings } from './english-settings.ts';

export const germanSettings: typeof englishSettings = {
  title: 'Einstellungen',
  open: 'Einstellungen (,)',
  close: 'Zurück zur Arbeit',
  pages: 'Seiten der Einstellungen',
  names: {
    general: 'Sprache und Aussehen',
    programs: 'Programme und Seiten',
    log: 'Protokoll',
    about: 'Über',
  },
  language: 'Sprache',
  likeTheBrowser: 'Wie der Browser',
  colors: 'Farben',
  likeTheSystem: 'Wie das System',
  light: 'Hell',
  dark: 'Dunkel',
  density: 'Größe der Darstellung',
  comfortable: 'Bequem',
  compact: 'Kompakt: mehr auf einer Seite',
  programs: 'Verbundene Programme',
  programsHint:
    'Programme auf diesem Rechner, die Ihre Anrufe sehen und mit Ihren Rechten für Sie handeln. Ein getrenntes Programm wird erst wieder zugelassen, wenn die Agent-Anwendung neu startet.',
  noPrograms: 'Kein Programm ist verbunden.',
  program: 'Programm',
  connectedAt: 'Verbunden um',
  revoke: 'Trennen',
  revoked: 'Getrennt und nicht wieder zugelassen',
  logLevel: 'Protokollstufe',
  logLevelHint:
    'Wirkt sofort. Ab 5 stehen alle Anfragen und Ereignisse von Programmen in der Datei Agent.log.',
  logLevelNotKept:
    'Die Einstellungsdatei ist nicht beschreibbar: Die Stufe gilt, bis die Agent-Anwendung endet.',
  logLevels: [
    'Aus',
    'Fehler',
    'Warnungen',
    'Was geschieht',
    'Anrufe',
    'Anfragen und Ereignisse von Programmen',
    'Austausch mit dem Server',
    'Alles',
  ],
  release: 'Version',
  runsSince: 'Läuft seit',
  process: 'Prozess',
  browser: 'Browser',
  licences:
    'Cordboard ist quelloffen unter der MIT-Lizenz; ebenso React, Mantine, TanStack Virtual, TypeBox und ws, aus denen das Fenster und die Agent-Anwendung gebaut sind.',
};
