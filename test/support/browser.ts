import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';

const CHROMIUM = '/usr/bin/chromium';

/** Tests in a browser are skipped where Debian's Chromium is missing, and fail there in CI. */
export const needsBrowser = { skip: !existsSync(CHROMIUM) && !process.env['CI'] && 'chromium is not installed: script/setup --tests' };

/** Starts Chromium. As root it cannot make its own sandbox; it opens only pages that the tests make. */
export function startBrowser(): Promise<Browser> {
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath: CHROMIUM, args });
}

export interface OpenPage {
  page: Page;
  /** What the page asked for besides its own files, and what it complained about. */
  complaints: string[];
}

/** Opens a file in a browser without network. */
export async function openPage(browser: Browser, url: string, options: Parameters<Browser['newPage']>[0] = {}): Promise<OpenPage> {
  const page = await browser.newPage({ viewport: { width: 1400, height: 1000 }, offline: true, ...options });
  const complaints: string[] = [];
  page.on('request', (request) => request.url().startsWith('file:') || complaints.push(`request: ${request.url()}`));
  page.on('requestfailed', (request) => complaints.push(`failed: ${request.url()}`));
  page.on('console', (message) => complaints.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  await page.goto(url);
  return { page, complaints };
}
