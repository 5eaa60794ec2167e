import type { DeskTab } from '@cordboard/contract';
import { useEffect, useRef } from 'react';
import { useDesk } from '../workspace/context.ts';
import { createPageRelay } from './page-relay.ts';

/** Without `allow-top-navigation`: a page can lead its own frame elsewhere, and nothing else. */
const rights = [
  'allow-scripts',
  'allow-forms',
  'allow-popups',
  'allow-popups-to-escape-sandbox',
  'allow-downloads',
];
/** A page of our own origin that kept it could take its sandbox off. */
export const sandboxOf = (origin: string): string =>
  (origin === location.origin ? rights : [...rights, 'allow-same-origin']).join(' ');

/** A web page, in an empty frame of ours whose content security policy says what may be shown there. */
export const TabFrame = ({ tab }: { tab: DeskTab }) => {
  const desk = useDesk();
  const outer = useRef<HTMLIFrameElement>(null);
  const { key, url, origin, name } = tab;

  useEffect(() => {
    const frame = outer.current;
    const surrounding = frame?.contentWindow;
    if (!frame || !surrounding || url === null) return;
    let end = () => {};
    const fill = () => {
      const { document: page } = surrounding;
      // the browser's own empty page comes first
      if (page.URL === 'about:blank' || page.body.childElementCount > 0) return;
      end = showPage(surrounding, { key, url, origin, name }, desk);
    };
    frame.addEventListener('load', fill);
    fill();
    return () => {
      frame.removeEventListener('load', fill);
      end();
    };
  }, [desk, key, url, origin, name]);

  return <iframe ref={outer} className="tab-frame" title={name} src={desk.frame()} data-tab={key} />;
};

const showPage = (
  surrounding: Window,
  { key, url, origin, name }: { key: string; url: string; origin: string; name: string },
  desk: ReturnType<typeof useDesk>,
): (() => void) => {
  const { document: page } = surrounding;
  const inner = page.createElement('iframe');
  const relay = createPageRelay({
    page: () => inner.contentWindow,
    greeted: surrounding,
    tab: key,
    origins: () => desk.tabs.get().origins,
    openSocket: desk.openSocket,
    left: () => desk.tabKeys.leave(key),
  });
  inner.setAttribute('sandbox', sandboxOf(origin));
  inner.title = name;
  inner.src = url;
  inner.addEventListener('load', relay.loaded);
  Object.assign(page.body.style, { margin: '0', overflow: 'hidden' });
  Object.assign(inner.style, { border: '0', width: '100%', height: '100vh', display: 'block' });
  page.body.append(inner);
  return () => {
    relay.close();
    inner.remove();
  };
};
