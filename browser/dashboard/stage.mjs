// A fake cluster with order-service, our backend before it, and a page of the dashboard.
import { startBackend } from '../lib/backend.mjs';
import { launchChromium, openPage } from '../lib/chromium.mjs';
import { startCluster } from '../lib/cluster.mjs';
import { appConfig, orderService } from '../lib/shop.mjs';
import { stopAll } from '../lib/stop-all.mjs';

export const DEV = 'shop-dev';
export const PROD = 'shop-prod';
/** A component that names no namespace. */
export const EVERYWHERE = 'everywhere-service';
export const ENTITY = 'component:default/order-service';

/** How long anything may take to show: a refresh comes every ten seconds, and the machine may be busy. */
export const PATIENCE = 60_000;

/**
 * Starts what is seen, and stops it when the suite ends. `objects` and `tokens` are those of the cluster, `clusters`
 * others beside it, `more` other keys of the app-config.
 */
export async function startStage({ objects, tokens = { reader: [DEV, PROD] }, clusters = {}, more = {}, expectedErrors }) {
  let cluster, backend, browser;
  try {
    cluster = await startCluster({ objects, tokens });
    const shop = { url: cluster.url, token: 'reader' };
    backend = await startBackend({
      config: { ...appConfig({ shop, ...clusters }), ...more },
      catalog: [orderService(`${DEV}, ${PROD}`), ...['payment-service', 'mail-service'].map(name => orderService(PROD, {}, name)), orderService(undefined, {}, EVERYWHERE)],
      expectedErrors,
    });
    browser = await launchChromium();
  } catch (error) {
    await stopAll(cluster, backend);
    throw error;
  }
  return {
    cluster,
    backend,
    /** Opens a page of the dashboard; `query` is that of a link. */
    open: async (t, query = `?entity=${ENTITY}`, options = {}) => {
      const page = await openPage(t, browser, `${backend.url}/${query}`, options);
      page.setDefaultTimeout(PATIENCE);
      return page;
    },
    stop: () => stopAll(cluster, backend, browser),
  };
}

/** Puts all that a namespace has into a cluster that runs. */
export function deploy(cluster, namespace, objects) {
  for (const [type, list] of Object.entries(objects)) list.forEach(object => cluster.put(namespace, type, object));
}

/** The row of a pod. */
export const podRow = (page, name) => page.getByRole('row').filter({ has: page.getByRole('button', { name: `Pod ${name}`, exact: true }) });

/** Opens the details of a pod. */
export async function openPod(page, name) {
  await page.getByRole('button', { name: `Pod ${name}`, exact: true }).click();
  await page.getByRole('heading', { name, exact: true }).waitFor();
}
