import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { type OpenTill, signInByKeyboard, startBrowser, tillOpener } from './browser.ts';
import { type Network, startNetwork } from './network.ts';

/** What the tests of one file share: a demonstration of their own, a browser, and a till page that ends with its test. */
export type Demonstration = {
  readonly network: Network;
  readonly browser: Browser;
  /** Opens the till at its sign-in. The page before it is closed first. */
  open(options?: BrowserContextOptions): Promise<Page>;
  /** The same, signed in with the keyboard. */
  openAs(code: string, options?: BrowserContextOptions): Promise<Page>;
  /** Closes the till's page before the test is over. */
  close(): Promise<void>;
  /** Lays a card of the tray on the reader. */
  lay(slot: number): Promise<void>;
};

/** Starts all of it before the file's tests and ends it after them. Called once, at the top of the file. */
export function demonstration(): Demonstration {
  let network: Network | undefined;
  let browser: Browser | undefined;
  let opener: ReturnType<typeof tillOpener> | undefined;
  let till: OpenTill | null = null;

  beforeAll(async () => {
    network = await startNetwork();
    browser = await startBrowser();
    opener = tillOpener(browser, network.tillUrl);
  });
  afterEach(() => close());
  afterAll(async () => {
    await browser?.close();
    await network?.stop();
  });

  const close = async () => {
    await till?.close();
    till = null;
  };
  const open = async (options?: BrowserContextOptions): Promise<Page> => {
    await close();
    till = await started(opener)(options);
    return till.page;
  };
  return {
    get network() {
      return started(network);
    },
    get browser() {
      return started(browser);
    },
    open,
    async openAs(code, options) {
      const page = await open(options);
      await signInByKeyboard(page, code, started(network).pinOf(code));
      return page;
    },
    close,
    lay: (slot) => started(network).simulate('card', 'present', String(slot)),
  };
}

function started<T>(part: T | undefined): T {
  if (part === undefined) throw new Error('the demonstration is there in tests and hooks only');
  return part;
}

/** A touch screen of the smaller size, as a till's is. */
export const touch: BrowserContextOptions = { hasTouch: true, viewport: { width: 1024, height: 768 } };

/** One key at a person's pace: a scanner's would be taken for a scan. */
export const key = (page: Page, name: string) => page.keyboard.press(name, { delay: 45 });

/** What a scanner does: the text in one burst, however busy this machine is, then Enter. */
export const scan = (page: Page, text: string) =>
  page.evaluate((characters) => {
    for (const name of [...characters, 'Enter']) {
      const target = document.activeElement ?? document.body;
      target.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true }));
    }
  }, text);

/** Taps on the pad that stands there, one after another. */
export async function tapPad(page: Page, digits: Iterable<string>): Promise<void> {
  for (const digit of digits) await page.locator('.pad button', { hasText: new RegExp(`^${digit}$`) }).tap();
}

/** A text as it is read: every white space one space. */
export const plain = (text: string): string => text.replace(/\s/gu, ' ').trim();

/** What stands beside this name on the page; the first, where there are several. */
export const figure = async (page: Page, name: string): Promise<string> =>
  plain(await page.locator(`[data-figure=${name}]`).first().innerText());

/** Waits until the customer is asked for this. */
export const prompt = (page: Page, text: string | RegExp) => page.locator('.prompt h2', { hasText: text }).waitFor();
