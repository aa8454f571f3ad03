import type { Language } from '#contract/money/index.ts';
import { verifyTicket } from '#contract/tickets/token/verify.ts';
import { webTools } from './keys.ts';
import { drawPage } from './page.ts';
import { type Shown, tell } from './verdict.ts';

const serverKeys = (document.querySelector<HTMLMetaElement>('meta[name=comptoir-server-keys]')?.content ?? '')
  .split(' ')
  .filter((key) => key !== '');
const served = location.protocol.startsWith('http');
let language: Language = navigator.language.toLowerCase().startsWith('en') ? 'en' : 'fr';
let shown: Shown = { verdict: 'none' };

const draw = () =>
  drawPage(document.getElementById('page')!, tell(shown, language), language, {
    switchLanguage() {
      language = language === 'fr' ? 'en' : 'fr';
      draw();
    },
    check: (text) => void check(text),
    canDownload: served,
  });

/** Takes the QR's text, a URL or its token alone; a message may have broken it over several lines. */
async function check(text: string): Promise<void> {
  const token = text.slice(text.lastIndexOf('#') + 1).replaceAll(/\s/g, '');
  // A browser keeps its cryptography from pages that came over plain http.
  if (token === '') shown = { verdict: 'none' };
  else if (!globalThis.isSecureContext) shown = { verdict: 'no-crypto' };
  else shown = await verifyTicket(token, await webTools(crypto.subtle, serverKeys));
  draw();
}

addEventListener('hashchange', () => void check(location.hash));
if (served && 'serviceWorker' in navigator) void navigator.serviceWorker.register('./service-worker.js');
void check(location.hash);
