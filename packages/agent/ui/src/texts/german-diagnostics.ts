import type { englishDiagnostics } from './english-diagnostics.ts';

export const germanDiagnostics: typeof englishDiagnostics = {
  log: 'Agent.log',
  upToLevel: 'Bis Stufe',
  direction: 'Art',
  any: 'Alle',
  directions: {
    REQ: 'Anfragen',
    RES: 'Ergebnisse',
    EVT: 'Ereignisse',
    SEEN: 'Von Seite verarbeitet',
    OUT: 'Zum Server',
    IN: 'Vom Server',
  },
  client: 'Programm oder Seite',
  contains: 'Enthält',
  pause: 'Anhalten',
  goOn: 'Weiter',
  older: 'Ältere Zeilen',
  export: 'Gezeigtes exportieren',
  lines: 'Zeilen',
  wholeLine: 'Die gewählte Zeile',
  chooseLine: 'Eine Zeile mit Klick oder Pfeiltasten wählen, um sie ganz zu lesen.',
  seenHint:
    'Uhrzeiten in UTC wie in der Datei. „SEEN“ sagt, wie lange ein Ereignis vom Server brauchte, bis eine Seite es verarbeitet hatte; die Uhren beider Rechner sind über die Umlaufzeit abgeglichen, genau auf deren Hälfte.',
};
