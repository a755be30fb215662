// What a user sees of an entity's Kubernetes tab, as text by which two backends can be compared.
import { setTimeout } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { openKubernetesTab } from './kubernetes-tab.mjs';

/**
 * All that the tab shows when all of it is expanded. With `pod`, also its drawer, its YAML, and the dialogs that buttons of the
 * drawer open, given as `{ button: text to wait for }`.
 */
export async function sightsOf(t, stage, entity, { pod, dialogs = {}, screenshot, ...options } = {}) {
  const tab = await openKubernetesTab(t, stage, entity, { viewport: { width: 1400, height: 2000 }, ...options });
  const settledSight = settledSights(tab.page);
  await tab.answered.waitFor();
  await expandAll(tab);
  const sights = { tab: await settledSight(tab.page.getByRole('article')) };
  if (screenshot) await tab.page.screenshot({ path: screenshot });
  if (!pod) return sights;
  await tab.openPod(pod);
  sights.pod = await settledSight(tab.drawer);
  for (const [button, text] of Object.entries(dialogs)) {
    const dialog = await tab.openDialog(button);
    await dialog.getByText(text).first().waitFor();
    sights[button] = await settledSight(dialog);
    await dialog.getByRole('button', { name: 'close' }).click();
    await dialog.waitFor({ state: 'detached' });
  }
  await tab.drawer.getByText('YAML').click();
  await tab.drawer.locator('code').first().waitFor();
  sights.yaml = await settledSight(tab.drawer);
  return sights;
}

async function expandAll(tab) {
  const summaries = tab.page.getByRole('article').locator('[aria-expanded]');
  // Expanded clusters bring further summaries.
  for (let i = 0; i < (await summaries.count()); i++) await tab.expand(summaries.nth(i));
}

/** Parts of the tab load when they are first shown: a sight counts if nothing loads and nothing changes any more. */
function settledSights(page) {
  const loading = new Set();
  page.on('request', request => request.url().includes('/assets/') && loading.add(request));
  for (const end of ['requestfinished', 'requestfailed']) page.on(end, request => loading.delete(request));
  return async locator => {
    let seen = await sightOf(locator);
    for (const limit = Date.now() + 30_000; Date.now() < limit;) {
      await setTimeout(200);
      const again = await sightOf(locator);
      if (loading.size === 0 && isDeepStrictEqual(seen, again)) return seen;
      seen = again;
    }
    throw new Error(`it changes on and on: ${seen.words}`);
  };
}

/** Its words, and its structure of headings, buttons, tables, rows and cells. */
async function sightOf(locator) {
  const [words, structure] = await Promise.all([locator.innerText(), locator.ariaSnapshot()]);
  return { words: withoutUuids(words.replace(/\s+/g, ' ').trim()), structure: withoutUuids(structure).split('\n') };
}

/** The tables give each row a random uuid, which the YAML shows. */
const withoutUuids = text => text.replace(/\buuid: [0-9a-f-]{36}/g, 'uuid: …');
