import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

/** The system's Chromium: playwright's own download is not used. */
export const startBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env.COMPTOIR_CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-quic',
    ],
  });

export type OpenTill = { page: Page; context: BrowserContext; close: () => Promise<void> };

/**
 * Opens till pages one after another. A launch token works once and leaves the next one in the page's address, which
 * is what the page after it is opened with.
 */
export function tillOpener(browser: Browser, firstUrl: string) {
  let url = firstUrl;
  return async (options: BrowserContextOptions = {}): Promise<OpenTill> => {
    const context = await browser.newContext({
      locale: 'fr-FR',
      viewport: { width: 1366, height: 768 },
      colorScheme: 'light',
      ...options,
    });
    const page = await context.newPage();
    await page.goto(url);
    await page.locator('.signin').waitFor();
    return {
      page,
      context,
      close: async () => {
        url = page.url();
        await context.close();
      },
    };
  };
}

/** Keys as a person types them: a scanner's pace would be taken for a scan. */
export async function typeKeys(page: Page, keys: string): Promise<void> {
  for (const key of keys) await page.keyboard.press(key, { delay: 50 });
}

/** Opens the till with the keyboard alone. */
export async function signInByKeyboard(page: Page, code: string, pin: string): Promise<void> {
  const letter = await page.locator(`[data-staff="${code}"]`).getAttribute('aria-keyshortcuts');
  await page.keyboard.press(letter ?? '', { delay: 50 });
  await typeKeys(page, pin);
  await page.keyboard.press('Enter');
  await page.locator('.signin').waitFor({ state: 'detached' });
}
