const key = 'cordboard.token';

/** The token comes in the fragment and is kept for this tab, so that a reload works; the address bar forgets it. */
export const takeToken = (): string => {
  const given = location.hash.slice(1);
  // anything else in it is the address of a page
  if (/^[0-9a-f]{32,}$/.test(given)) {
    sessionStorage.setItem(key, given);
    history.replaceState(null, '', location.pathname);
  }
  return sessionStorage.getItem(key) ?? '';
};
