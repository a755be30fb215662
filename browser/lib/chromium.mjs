// Debian's Chromium for a test; see README.md.
import { chromium } from 'playwright-core';

const EXECUTABLE = '/usr/bin/chromium';
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export async function launchChromium() {
  return chromium.launch({ executablePath: EXECUTABLE, headless: true, args: QUIET });
}

/**
 * Opens a page in a window of its own. When the test `t` ends, the page is closed, and the test fails if the page
 * logged or threw an error that no pattern of `expectedErrors` fits, or asked another origin for anything.
 */
export async function openPage(t, browser, url, { expectedErrors = [], viewport = { width: 1400, height: 1000 } } = {}) {
  const { origin } = new URL(url);
  const context = await browser.newContext({ viewport, locale: 'en-GB', timezoneId: 'UTC' });
  const complaints = [];
  const complain = text => {
    if (!expectedErrors.some(pattern => pattern.test(text))) complaints.push(text);
  };
  await context.route(
    address => ownAddress(address) && address.origin !== origin,
    route => {
      complain(`asked another origin: ${route.request().url()}`);
      return route.abort();
    },
  );
  const page = await context.newPage();
  page.on('console', message => {
    if (message.type() === 'error') complain(`console: ${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', error => complain(`threw: ${error.stack ?? error}`));
  page.on('websocket', socket => {
    const address = new URL(socket.url());
    if (address.host !== new URL(origin).host) complain(`asked another origin: ${address}`);
  });
  t.after(async () => {
    await context.close();
    if (complaints.length > 0) throw new Error(`the page was not content:\n${complaints.join('\n')}`);
  });
  await page.goto(url);
  return page;
}

const ownAddress = address => /^https?:$/.test(address.protocol);
