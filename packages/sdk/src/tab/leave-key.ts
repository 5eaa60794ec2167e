import type { PageSurroundings } from './page-surroundings.ts';

/** Between the parts of a window, in many programs; pressed in a page it goes back to the window around it. */
const leaveKey = 'F6';

/**
 * The keys of the window are not heard while the keyboard is in a page of another origin. The page gives it back when the user presses
 * F6 and the page has no use for it itself. More than that it never asks: what a page wants done it asks by its methods.
 */
export const leaveOnKey = (surroundings: PageSurroundings, isConnected: () => boolean): (() => void) =>
  surroundings.onKey(pressed => {
    if (pressed.key !== leaveKey || !pressed.isTrusted || pressed.defaultPrevented || !isConnected()) return;
    if (pressed.ctrlKey || pressed.altKey || pressed.metaKey || pressed.shiftKey) return;
    // or the browser goes to its address bar
    pressed.preventDefault();
    // a word without a secret: whoever is around the page may hear it
    surroundings.host?.postMessage({ cordboard: 'leave' }, '*');
  });
