import { runCentral, runService } from '../launch/alone.ts';
import { runDemo } from '../launch/demo.ts';
import type { Verb } from '../verb.ts';

export const demo: Verb = {
  name: 'demo',
  usage: '[--no-open] [--devices simulated|real] [--port N] [--second-till]',
  summary: {
    fr: 'un réseau entier sur ce poste, pour un premier regard : base, serveur, service, écrans, données',
    en: 'a whole network on this machine for a first look: database, server, service, screens, demo data',
  },
  options: {
    'no-open': { type: 'boolean' },
    devices: { type: 'string' },
    port: { type: 'string' },
    'second-till': { type: 'boolean' },
  },
  alone: runDemo,
};

export const central: Verb = {
  name: 'central',
  usage: '[--database URL] [--port N] [--smtp URL] [--public-url URL]',
  summary: { fr: 'seulement le serveur central', en: 'only the central server' },
  options: {
    database: { type: 'string' },
    port: { type: 'string' },
    host: { type: 'string' },
    smtp: { type: 'string' },
    'public-url': { type: 'string' },
  },
  alone: runCentral,
};

export const service: Verb = {
  name: 'service',
  usage: '[--port N]',
  summary: { fr: 'seulement le service résident de la caisse', en: 'only the resident service of the till' },
  options: { port: { type: 'string' } },
  alone: runService,
};
