// The Kubernetes tab of an entity, as users work with it.
import { openPage } from '../lib/chromium.mjs';

export async function openKubernetesTab(t, { browser, portal }, entity, options) {
  const page = await openPage(t, browser, portal.kubernetesTab(entity), options);
  // What moves is clicked beside.
  await page.addStyleTag({ content: '*, *::before, *::after { transition: none !important; animation: none !important; }' });
  return new KubernetesTab(page);
}

export class KubernetesTab {
  constructor(page) {
    this.page = page;
  }

  /** Waits until the tab has asked the backend once more. */
  async refresh() {
    await this.page.waitForResponse(response => new URL(response.url()).pathname.startsWith('/api/kubernetes/services/'));
  }

  /** What shows once the backend has answered, well or badly. */
  get answered() {
    return this.page.getByText(/^Your Clusters$|There was a problem retrieving Kubernetes objects/).first();
  }

  /** The panel of what could not be read. */
  get problems() {
    return this.page.getByRole('alert').filter({ hasText: 'There was a problem retrieving Kubernetes objects' });
  }

  /** The rows of the table of detected errors, each as the texts of its cells. */
  async detectedErrors() {
    await this.page.getByRole('heading', { name: 'Error Reporting' }).waitFor();
    const rows = await this.page.getByRole('table').first().getByRole('row').all();
    const cells = await Promise.all(rows.map(row => row.getByRole('cell').allInnerTexts()));
    return cells.filter(row => row.length > 0).map(row => row.map(text => text.trim()));
  }

  cluster(title) {
    return this.page.locator('[aria-expanded]').filter({ hasText: new RegExp(`^${title}\\s*Cluster`) });
  }

  /** The summary of one object, such as the Deployment in shop-dev. */
  summary(kind, namespace) {
    const named = this.page.getByRole('button', { name: new RegExp(`${kind} namespace: ${namespace}( |$)`) });
    return named.and(this.page.locator('[aria-expanded]'));
  }

  /** Expands a panel, a cluster or the summary of an object. */
  async expand(summary) {
    await summary.waitFor();
    // There are buttons in the middle of it.
    await press(summary, summary.and(this.page.locator('[aria-expanded=true]')), { position: { x: 4, y: 4 } });
  }

  async expandProblems() {
    await this.expand(this.problems.locator('[aria-expanded]'));
    return this.problems.getByRole('region');
  }

  /** Shows the pods of a deployment. */
  async expandDeployment(cluster, namespace) {
    await this.expand(this.cluster(cluster));
    await this.expand(this.summary('Deployment', namespace));
  }

  row(pod) {
    return this.page.getByRole('row').filter({ has: this.page.getByRole('button', { name: pod }) });
  }

  /** Opens the drawer of a pod that is shown in a table. */
  async openPod(pod) {
    await press(this.page.getByRole('button', { name: pod }), this.drawer);
    return this.drawer;
  }

  get drawer() {
    return this.page.locator('[role=presentation]').filter({ has: this.page.getByTitle('Close the drawer') });
  }

  /** Presses a button of the drawer that opens a dialog, such as `get logs`. */
  async openDialog(button) {
    const dialog = this.page.getByRole('dialog');
    await press(this.drawer.getByRole('button', { name: button }).first(), dialog);
    return dialog;
  }
}

/**
 * Presses a button until something shows, twice at most: what is above it may grow with the next answer, and a click
 * may miss. The log of the tests tells when it did.
 */
async function press(button, shown, options) {
  await button.click(options);
  try {
    await shown.waitFor({ timeout: 20_000 });
  } catch (error) {
    console.log(`pressed again: ${button}`);
    await button.click(options);
    await shown.waitFor();
  }
}

/** The lines of a terminal that hold something. */
export async function terminalLines(dialog) {
  const text = await dialog.locator('.xterm-rows').innerText();
  return text
    .split('\n')
    .map(line => line.replaceAll('\u00a0', ' ').trimEnd())
    .filter(Boolean);
}
