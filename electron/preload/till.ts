import { ipcRenderer } from 'electron';

/**
 * The bridge between the till's page and the shell, without logic: it asks for a door when the page's own scripts have
 * run, and passes each message port on to the page, as a window message `comptoir:door` with the port in it.
 */
const doorMessage = 'comptoir:door';

ipcRenderer.on(doorMessage, (event) => window.postMessage(doorMessage, location.origin, event.ports));
window.addEventListener('DOMContentLoaded', () => ipcRenderer.send(doorMessage));
