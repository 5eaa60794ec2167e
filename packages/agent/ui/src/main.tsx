import '@mantine/core/styles.css';
import './window.css';
import './tabs/tabs.css';
import { createTheme, MantineProvider } from '@mantine/core';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { openWindow } from './connection/open-window.ts';
import { startBell } from './notifications/start-bell.ts';
import { colorSchemes } from './settings/color-schemes.ts';
import { followPerson } from './settings/follow-person.ts';
import { browserPreferences, PreferenceProvider } from './settings/preference-context.tsx';
import { createAudio } from './softphone/audio.ts';
import { PhoneContext } from './softphone/context.ts';
import { noticeAnswers } from './softphone/notice-answers.ts';
import { createSoftphone } from './softphone/softphone.ts';
import { createStore } from './state/store.ts';
import { DeskContext } from './workspace/context.ts';

const nonce = document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.content ?? '';
const opened = openWindow(createStore(act => setTimeout(act, 16)));
// the darker shades: white on them, and they on white, are read by everybody (WCAG 1.4.3)
const theme = createTheme({
  primaryColor: 'blue',
  primaryShade: 8,
  autoContrast: true,
  cursorType: 'pointer',
  respectReducedMotion: true,
});

const audio = createAudio(navigator.mediaDevices, localStorage);
const softphone = createSoftphone({ audio, ask: opened.inquire });
opened.store.subscribe(() => softphone.follow(opened.store.get().status));
const desk = noticeAnswers(opened, softphone.answering);

const preferences = browserPreferences();
followPerson(opened, preferences);
startBell(desk, preferences, softphone);

const root = document.getElementById('root');
if (root)
  createRoot(root).render(
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      colorSchemeManager={colorSchemes(preferences)}
      getStyleNonce={() => nonce}
    >
      <PreferenceProvider store={preferences}>
        <DeskContext value={desk}>
          <PhoneContext value={{ audio, softphone }}>
            <App />
          </PhoneContext>
        </DeskContext>
      </PreferenceProvider>
    </MantineProvider>,
  );
