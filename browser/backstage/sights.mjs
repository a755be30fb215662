// What a user sees of an entity's Kubernetes tab, as text by which two backends can be compared.
import { openKubernetesTab } from './kubernetes-tab.mjs';

/**
 * All that the tab shows when all of it is expanded. With `pod`, also its drawer, its YAML, and the dialogs that buttons of the
 * drawer open, given as `{ button: text to wait for }`.
 */
export async function sightsOf(t, stage, entity, { pod, dialogs = {}, screenshot, ...options } = {}) {
  const tab = await openKubernetesTab(t, stage, entity, { viewport: { width: 1400, height: 2000 }, ...options });
  await tab.answered.waitFor();
  await expandAll(tab);
  const sights = { tab: await sightOf(tab.page.getByRole('article')) };
  if (screenshot) await tab.page.screenshot({ path: screenshot });
  if (!pod) return sights;
  await tab.openPod(pod);
  sights.pod = await sightOf(tab.drawer);
  for (const [button, text] of Object.entries(dialogs)) {
    const dialog = await tab.openDialog(button);
    await dialog.getByText(text).first().waitFor();
    sights[button] = await sightOf(dialog);
    await dialog.getByRole('button', { name: 'close' }).click();
    await dialog.waitFor({ state: 'detached' });
  }
  await tab.drawer.getByText('YAML').click();
  await tab.drawer.locator('code').first().waitFor();
  sights.yaml = await sightOf(tab.drawer);
  return sights;
}

async function expandAll(tab) {
  const summaries = tab.page.getByRole('article').locator('[aria-expanded]');
  // Expanded clusters bring further summaries.
  for (let i = 0; i < (await summaries.count()); i++) await tab.expand(summaries.nth(i));
}

/** Its words, and its structure of headings, buttons, tables, rows and cells. */
async function sightOf(locator) {
  const [words, structure] = await Promise.all([locator.innerText(), locator.ariaSnapshot()]);
  return { words: settled(words.replace(/\s+/g, ' ').trim()), structure: settled(structure).split('\n') };
}

/** The tables give each row a random uuid, which the YAML shows. */
const settled = text => text.replace(/\buuid: [0-9a-f-]{36}/g, 'uuid: …');
