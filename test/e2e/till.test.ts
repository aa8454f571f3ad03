import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { signInByKeyboard, typeKeys } from './browser.ts';
import { demonstration, figure, key, prompt, scan, tapPad, touch } from './fixture.ts';

const demo = demonstration();

beforeEach(async () => {
  await demo.network.simulate('link', 'up');
  await demo.network.simulate('printer', 'ok');
  await demo.network.simulate('card', 'remove');
});

const Journal = z.object({
  value: z.object({ entries: z.array(z.object({ kind: z.string(), amountMinor: z.number().nullable() })) }),
});
/** How many sales of this amount the journal holds. */
const salesOf = async (amountMinor: number): Promise<number> => {
  const { value } = Journal.parse(await demo.network.comptoir('journal', 'list', '--limit', '500'));
  return value.entries.filter((entry) => entry.kind === 'loyalty.sale' && entry.amountMinor === amountMinor).length;
};

describe('a sale with the keyboard alone', () => {
  it('[T15] [T7] [T8] goes from the PIN to the ticket without the mouse', async () => {
    const page = await demo.openAs('cashier');
    await typeKeys(page, '12500');
    expect(await figure(page, 'amount')).toBe('12 500');
    expect(await figure(page, 'preview')).toBe('125 points');
    await key(page, 'Enter');
    await prompt(page, 'Présentez la carte');
    await key(page, 's');
    await key(page, '1');
    await page.locator('[data-print=confirmed]').waitFor();
    const ticket = await page.locator('.paper').innerText();
    for (const part of ['SUPÉRETTE AKWABA', 'ACHAT', '12 500 F CFA', '+125', 'SOLDE', 'Achats cumulés', 'Il manque']) {
      expect(ticket.replace(/\s/gu, ' ')).toContain(part);
    }
    await expect.poll(() => page.locator(':focus').innerText()).toContain('Vente suivante');
    await key(page, 'Enter');
    await page.locator('.prompt.idle').waitFor();
  });

  it('makes one sale of a double press', async () => {
    const page = await demo.openAs('cashier');
    await typeKeys(page, '4321');
    await key(page, 'Enter');
    await key(page, 'Enter');
    await prompt(page, 'Présentez la carte');
    await demo.lay(1);
    await page.locator('[data-figure=balance]').waitFor();
    expect(await salesOf(4321)).toBe(1);
  });

  it('[N11] shows the time from tap to result, and its 95th percentile in the strip', async () => {
    const page = await demo.openAs('cashier');
    await typeKeys(page, '100');
    await key(page, 'Enter');
    await prompt(page, 'Présentez la carte');
    await demo.lay(1);
    await page.locator('[data-figure=balance]').waitFor();
    expect(await figure(page, 'tap-to-result')).toMatch(/Lu et écrit en \d,\d+ s/);
    expect(await figure(page, 'p95')).toMatch(/\d,\d+ s/);
  });

  it('takes a scanner’s burst for a scan, never for an amount', async () => {
    const page = await demo.openAs('cashier');
    await scan(page, '990011223344');
    await page.locator('[data-notice=scan]').waitFor();
    expect(await figure(page, 'amount')).toBe('0');
  });

  it('switches staff with Ctrl L and keeps the sale in progress', async () => {
    const page = await demo.openAs('cashier');
    await typeKeys(page, '777');
    await key(page, 'Control+l');
    await page.locator('.signin').waitFor();
    await signInByKeyboard(page, 'manager', demo.network.pinOf('manager'));
    expect(await figure(page, 'amount')).toBe('777');
    await expect.poll(() => page.locator('.who').innerText()).toContain('Nadège');
  });
});

describe('the sign-in', () => {
  it.each([1366, 1024])('[T25] shows a team of eight without a scroll, %i pixels wide', async (width) => {
    const page = await demo.open({ viewport: { width, height: 768 } });
    const people = page.locator('.people');
    expect(await people.locator('li').count()).toBe(8);
    const hidden = await people.evaluate((list) => list.scrollHeight - list.clientHeight);
    expect(hidden).toBeLessThanOrEqual(0);
  });
});

describe('a sale with touch alone', () => {
  it('[T15] [N8] goes from the name to the next sale by taps', async () => {
    const page = await demo.open(touch);
    await page.locator('[data-staff=cashier]').tap();
    await tapPad(page, demo.network.pinOf('cashier'));
    await page.getByRole('button', { name: 'Ouvrir la caisse' }).tap();
    await tapPad(page, ['3', '00']);
    await page.getByRole('button', { name: 'Lire la carte' }).tap();
    await prompt(page, 'Présentez la carte');
    await page.getByRole('button', { name: 'Simulateur' }).tap();
    await page.locator('[data-card="1"]').tap();
    await page.locator('[data-figure=balance]').waitFor();
    await page.getByRole('button', { name: 'Vente suivante' }).tap();
    await page.locator('.prompt.idle').waitFor();
    expect(await salesOf(300)).toBe(1);
  });

  it('[T25] takes no digit while it looks at the code: what is tapped too soon is not half of an amount', async () => {
    const page = await demo.open(touch);
    const url = page.url();
    let hold = false;
    const held: (() => void)[] = [];
    await page.routeWebSocket('**/door', (socket) => {
      socket.connectToServer().onMessage((message) => {
        if (hold) held.push(() => socket.send(message));
        else socket.send(message);
      });
    });
    await page.goto('about:blank');
    await page.goto(url);
    await page.locator('[data-staff=cashier]').tap();
    await tapPad(page, demo.network.pinOf('cashier'));
    hold = true;
    await page.getByRole('button', { name: 'Ouvrir la caisse' }).tap();
    await page.getByRole('button', { name: 'Vérification' }).waitFor();
    await page.locator('.pad button:disabled', { hasText: /^3$/ }).waitFor();
    await key(page, '3');
    expect(await page.locator('.dots .on').count()).toBe(0);
    hold = false;
    for (const send of held) send();
    await page.locator('.signin').waitFor({ state: 'detached' });
    await tapPad(page, ['3', '00']);
    expect(await figure(page, 'amount')).toBe('300');
  });

  it('offers targets of at least 44 px, 56 at the pad', async () => {
    const page = await demo.openAs('cashier', { viewport: { width: 1024, height: 768 } });
    const boxes = await page.locator('button:visible').evaluateAll((buttons) =>
      buttons.map((button) => {
        const { width, height } = button.getBoundingClientRect();
        const lampHalo = button.classList.contains('lamp') ? 12 : 0;
        return { text: button.textContent, width, height: height + lampHalo };
      }),
    );
    expect(boxes.length).toBeGreaterThan(15);
    expect(boxes.filter(({ width, height }) => width < 44 || height < 44)).toEqual([]);
  });
});

describe('the simulators’ tray', () => {
  it('[T15] leaves the keys of the operations to the keyboard, except in its field', async () => {
    const page = await demo.openAs('cashier');
    await key(page, 's');
    for (const [name, there] of [
      ['g', '.tasks'],
      ['d', '.prompt h2:has-text("Présentez")'],
      ['p', '.acts'],
      ['Escape', '.prompt.idle'],
      ['F6', '.prompt h2:has-text("Présentez")'],
      ['a', '.prompt.idle'],
    ] as const) {
      await key(page, name);
      await page.locator(there).waitFor();
      expect(await page.locator('.tray').count()).toBe(1);
    }
    await page.locator('.tray .input').fill('');
    await typeKeys(page, '99g');
    expect(await page.locator('.tray .input').inputValue()).toBe('99g');
    await key(page, 'Backspace');
    await key(page, 'Enter');
    await expect.poll(() => figure(page, 'amount')).toBe('99');
    await page.locator('.prompt.idle').waitFor();
    await key(page, 'g');
    await page.locator('.tasks').waitFor();
  });

  it('goes aside for the ticket of a result, and comes back with the next sale, by touch alone', async () => {
    const page = await demo.openAs('cashier', touch);
    const tray = page.locator('.tray');
    await page.getByRole('button', { name: 'Simulateur' }).tap();
    await page.locator('.operations button', { hasText: 'Cartes' }).tap();
    await page.locator('.tasks').waitFor();
    await page.locator('.operations button', { hasText: 'Achat' }).tap();
    await typeKeys(page, '640');
    await page.getByRole('button', { name: 'Lire la carte' }).tap();
    await prompt(page, 'Présentez la carte');
    expect(await page.locator('.operations').count()).toBe(0);
    await page.locator('[data-card="1"]').tap();
    await page.locator('[data-print=confirmed]').waitFor();
    expect(await tray.count()).toBe(0);
    await page.locator('.paper', { hasText: 'ACHAT' }).waitFor();
    await page.getByRole('button', { name: 'Simulateur' }).tap();
    await tray.getByRole('button', { name: 'Retirer la carte' }).tap();
    await page.getByRole('button', { name: 'Simulateur' }).tap();
    await page.locator('.paper').waitFor();
    await page.getByRole('button', { name: 'Simulateur' }).tap();
    await page.getByRole('button', { name: 'Vente suivante' }).tap();
    await page.locator('.prompt.idle').waitFor();
    expect(await tray.count()).toBe(1);
  });
});

describe('languages', () => {
  it('switches between French and English live, in the middle of a sale', async () => {
    const page = await demo.openAs('cashier');
    await typeKeys(page, '1250');
    await key(page, 'Enter');
    await prompt(page, 'Présentez la carte');
    await key(page, 'l');
    await prompt(page, 'Present the card');
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    expect(await figure(page, 'amount')).toBe('1,250');
    await key(page, 'l');
    await prompt(page, 'Présentez la carte');
    expect(await page.locator('html').getAttribute('lang')).toBe('fr');
    await key(page, 'Escape');
    await page.locator('.prompt.idle').waitFor();
  });
});

describe('the register', () => {
  it('[T14] puts its amount in the field by itself, named, and not over one that is typed', async () => {
    const page = await demo.openAs('cashier');
    await demo.network.simulate('register', 'amount', '8750');
    await page.locator('.what', { hasText: 'reçu de la caisse enregistreuse' }).waitFor();
    await expect.poll(() => figure(page, 'amount')).toBe('8 750');
    await key(page, 'Escape');
    await typeKeys(page, '55');
    await demo.network.simulate('register', 'amount', '999');
    await page.getByRole('button', { name: /Prendre 999/ }).waitFor();
    expect(await figure(page, 'amount')).toBe('55');
    await key(page, 'c');
    await expect.poll(() => figure(page, 'amount')).toBe('999');
  });
});

describe('without the server', () => {
  it('[T17] goes on selling, says how many operations wait, and empties by itself when the link is back', async () => {
    const page = await demo.openAs('cashier');
    await demo.network.simulate('link', 'down');
    for (const count of [1, 2]) {
      await typeKeys(page, '500');
      await key(page, 'Enter');
      await prompt(page, 'Présentez la carte');
      await demo.lay(1);
      await page.locator('[data-figure=balance]').waitFor();
      await expect.poll(() => figure(page, 'unsent'), { timeout: 20_000 }).toBe(String(count));
      await demo.network.simulate('card', 'remove');
      await key(page, 'Enter');
    }
    expect(await page.locator('.offline').innerText()).toContain('Continuez à vendre');
    await key(page, 'e');
    await page.locator('.qp', { hasText: 'Fonctionne sans réseau' }).waitFor();
    expect(await page.locator('.qp .y').allInnerTexts()).toContainEqual(expect.stringContaining('Dépenser des points'));
    expect(await page.locator('.qp .w').allInnerTexts()).toContainEqual(expect.stringContaining('Payer ou rembourser'));
    await demo.network.simulate('link', 'up');
    await page.locator('.offline').waitFor({ state: 'detached', timeout: 60_000 });
    await expect.poll(() => page.locator('.strip').innerText(), { timeout: 60_000 }).toContain('0 à envoyer');
    await key(page, 'e');
  });
});

describe('cards that are refused, torn or forgotten', () => {
  it('[T36] says that a card is blocked, what it means and what to do, and keeps the amount', async () => {
    const page = await demo.openAs('cashier');
    await typeKeys(page, '650');
    await key(page, 'Enter');
    await prompt(page, 'Présentez la carte');
    await demo.lay(4);
    await page.locator('[data-error=CardBlocked]').waitFor();
    expect(await page.getByRole('alert').innerText()).toContain('Rien n’a été ajouté');
    expect(await figure(page, 'amount')).toBe('650');
    expect(await salesOf(650)).toBe(0);
  });

  it('asks for the same card after a tear, and ends with one sale', async () => {
    const page = await demo.openAs('cashier');
    await demo.network.simulate('card', 'tear', 'after');
    await typeKeys(page, '2468');
    await key(page, 'Enter');
    await prompt(page, 'Présentez la carte');
    await demo.lay(1);
    await prompt(page, 'Reposez la même carte');
    await demo.lay(1);
    await page.locator('.verdict.go').waitFor();
    expect(await salesOf(2468)).toBe(1);
  });

  it('asks to remove a forgotten card first', async () => {
    const page = await demo.openAs('cashier');
    await typeKeys(page, '134');
    await key(page, 'Enter');
    await prompt(page, 'Présentez la carte');
    await demo.lay(1);
    await page.locator('[data-figure=balance]').waitFor();
    await key(page, 'Enter');
    await typeKeys(page, '135');
    await key(page, 'Enter');
    await prompt(page, 'Retirez la carte');
    await demo.network.simulate('card', 'remove');
    await prompt(page, 'Présentez la carte');
    await demo.lay(1);
    await page.locator('[data-figure=balance]').waitFor();
    expect(await salesOf(135)).toBe(1);
  });
});

describe('the printer', () => {
  it('asks about an unconfirmed ticket, with nothing on Enter', async () => {
    const page = await demo.openAs('cashier');
    await demo.network.simulate('printer', 'silent');
    await typeKeys(page, '246');
    await key(page, 'Enter');
    await prompt(page, 'Présentez la carte');
    await demo.lay(1);
    await page.locator('.ask').waitFor();
    await key(page, 'Enter');
    expect(await page.locator('.ask .btn').count()).toBe(2);
    await demo.network.simulate('printer', 'ok');
    await key(page, 'n');
    await page.locator('[data-print=confirmed]').waitFor();
    expect(await page.locator('.tkh').innerText()).toContain('DUPLICATA n° 1');
  });

  it('says that the paper is out, and keeps the sale', async () => {
    const page = await demo.openAs('cashier');
    await demo.network.simulate('printer', 'paper-out');
    await typeKeys(page, '357');
    await key(page, 'Enter');
    await prompt(page, 'Présentez la carte');
    await demo.lay(1);
    await page.locator('[data-error=PrinterPaperOut]').waitFor();
    expect(await salesOf(357)).toBe(1);
  });
});

describe('the way to the service', () => {
  it('comes back by itself after a cut, asks for the PIN again, and resumes the same sale once', async () => {
    const page = await demo.open();
    const url = page.url();
    let cut = () => {};
    await page.routeWebSocket('**/door', (socket) => {
      const server = socket.connectToServer();
      cut = () => {
        void server.close();
        void socket.close();
      };
    });
    await page.goto('about:blank');
    await page.goto(url);
    await signInByKeyboard(page, 'cashier', demo.network.pinOf('cashier'));
    await typeKeys(page, '864');
    await key(page, 'Enter');
    await prompt(page, 'Présentez la carte');
    cut();
    await page.locator('.signin').waitFor();
    await signInByKeyboard(page, 'cashier', demo.network.pinOf('cashier'));
    await prompt(page, 'La caisse s’est interrompue');
    await key(page, 'Enter');
    await prompt(page, 'Présentez la carte');
    await demo.lay(1);
    await page.locator('[data-figure=balance]').waitFor();
    expect(await salesOf(864)).toBe(1);
  });

  it('survives a reload, and tells a page that is no longer let in', async () => {
    const page = await demo.open();
    await page.reload();
    await page.locator('.signin').waitFor();
    const stale = await demo.browser.newPage();
    await stale.goto(`${demo.network.tillUrl.split('#')[0]}#launch=used`);
    await stale.getByRole('alert').waitFor();
    expect(await stale.getByRole('alert').innerText()).toMatch(/Comptoir/);
    await stale.close();
  });
});

describe('the journal', () => {
  it('[T37] lists the till’s own entries and says that they are intact', async () => {
    const page = await demo.openAs('cashier');
    await key(page, 'j');
    await page.locator('[data-entry]').first().waitFor();
    await key(page, 'Enter');
    await page.locator('.verdict.go', { hasText: 'intact' }).waitFor();
    expect(await page.locator('[data-entry]').count()).toBeGreaterThan(3);
  });
});
