/** The service's public entry: what the shell may know of it. Kept light, for it is bundled into Electron's main process. */
export { doorMessage, ServiceMessage, type ShellMessage } from './shell-link/messages.ts';
