import { spawn } from 'node:child_process';
import type { AloneCall } from '../verb.ts';

const words = {
  fr: {
    browser: 'Ouverture dans le navigateur (la fenêtre Electron n’est pas installée ici).',
    none: 'Ouvrez cette adresse dans un navigateur :',
  },
  en: {
    browser: 'Opening in the browser (the Electron window is not installed here).',
    none: 'Open this address in a browser:',
  },
} as const;

const openers: Partial<Record<NodeJS.Platform, [string, ...string[]]>> = {
  linux: ['xdg-open'],
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
};

/** Opens the till in the person's browser, and says so; where there is no way to, it says the address. */
export function openWindow(call: AloneCall, tillUrl: string): void {
  const [program, ...args] = openers[process.platform] ?? [];
  const cannot = () => call.progress(`${words[call.language].none} ${tillUrl}`);
  if (!program) {
    cannot();
    return;
  }
  call.progress(words[call.language].browser);
  spawn(program, [...args, tillUrl], { stdio: 'ignore', detached: true })
    .once('error', cannot)
    .unref();
}
