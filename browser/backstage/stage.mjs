// What a test of the tab needs to run: a backend, the portal in front of it, and a browser.
import { startBackend } from '../lib/backend.mjs';
import { launchChromium } from '../lib/chromium.mjs';
import { stopAll } from '../lib/stop-all.mjs';
import { startPortal } from './portal.mjs';
import { appConfig } from '../lib/shop.mjs';

/** As users have it in the app-config of their frontend. */
const FRONTEND = { kubernetes: { podExecTerminal: { enabled: true }, frontend: { podDelete: { enabled: true } } } };

/**
 * `clusters` are `{ title: cluster }`, asked with the token `reader`; `kubernetes` are further keys of that name in the app-config.
 * `start` may start another backend than ours, and `catalog` be what it knows, other than the portal.
 */
export async function startStage({ clusters, entities, catalog = entities, start = startBackend, browser: given, kubernetes }) {
  const configured = Object.entries(clusters).map(([title, { url }]) => [title.toLowerCase(), { title, url, token: 'reader' }]);
  let backend, portal, browser;
  try {
    backend = await start({ config: appConfig(Object.fromEntries(configured), kubernetes), catalog });
    portal = await startPortal({ backend: backend.url, entities, config: FRONTEND });
    browser = given ?? (await launchChromium());
  } catch (error) {
    await stopAll(portal, backend);
    throw error;
  }
  return { backend, portal, browser, stop: () => stopAll(backend, portal, given ? undefined : browser) };
}
