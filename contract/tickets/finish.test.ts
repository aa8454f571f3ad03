import { describe, expect, it } from 'vitest';
import { finishTicket } from './finish.ts';
import { ticketPreview } from './layout.ts';
import type { Ticket } from './ticket.ts';

const ticket: Ticket = {
  language: 'fr',
  lines: [{ kind: 'text', text: 'SUPÉRETTE', align: 'center' }],
  cut: 'partial',
  drawer: false,
};
const url = 'https://central.example/verify/#token';

describe('a finished ticket', () => {
  it('is as it was where there is neither a QR nor training', () => {
    expect(finishTicket(ticket, { qr: null, training: false })).toEqual(ticket);
  });

  it('[N10] bears its QR at the foot, with what it is for in the ticket’s own language', () => {
    const lines = (language: 'fr' | 'en') => finishTicket({ ...ticket, language }, { qr: url, training: false }).lines;
    expect(lines('fr').at(-1)).toEqual({ kind: 'qr', data: url, caption: 'Vérifier ce ticket : scannez-le' });
    expect(lines('en').at(-1)).toMatchObject({ caption: 'To check this ticket, scan it' });
  });

  it('says FACTICE first and last in training, in both languages', () => {
    for (const language of ['fr', 'en'] as const) {
      const texts = finishTicket({ ...ticket, language }, { qr: url, training: true }).lines.map((line) =>
        line.kind === 'text' ? line.text : line.kind,
      );
      expect(texts[0]).toBe('*** FACTICE ***');
      expect(texts.filter((text) => text === '*** FACTICE ***')).toHaveLength(2);
      expect(texts.at(-1)).toMatch(language === 'fr' ? /ne vaut rien/ : /worth nothing/);
    }
  });

  it('is previewed with its QR’s place and text, beside lines of 42 columns', () => {
    const preview = ticketPreview(finishTicket(ticket, { qr: url, training: false }));
    expect(preview.lines[preview.qr!.line]).toMatch(/^ +\[QR\]$/);
    expect(preview.qr?.data).toBe(url);
    expect(preview.lines).toHaveLength(preview.styles.length);
    expect(ticketPreview(ticket).qr).toBeUndefined();
  });
});
