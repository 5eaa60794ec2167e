const key = 'cordboard.reloaded';

/** Whether the content security policy of this page lets it connect there; it was written before anybody was logged on. */
export const mayConnect = (webSocket: string): boolean => {
  const allowed = document.querySelector<HTMLMetaElement>('meta[name="connect"]')?.content ?? '';
  const may = allowed.split(' ').includes(webSocket);
  if (may) sessionStorage.removeItem(key);
  return may;
};

/** Loads the page again, whose policy will allow it. False: that was tried, and did not help. */
export const reloadForPolicy = (webSocket: string): boolean => {
  if (sessionStorage.getItem(key) === webSocket) return false;
  sessionStorage.setItem(key, webSocket);
  location.reload();
  return true;
};
