// What a team sees that deploys a service, from one namespace to two, and back.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { podsOf, workload } from '../lib/shop.mjs';
import { DEV, deploy, openPod, podRow, PROD, startStage } from './stage.mjs';

describe('the story of order-service', () => {
  let stage;

  before(async () => {
    stage = await startStage({ objects: { [DEV]: workload(DEV), [PROD]: {} } });
  });

  after(() => stage?.stop());

  test('it runs in dev, is deployed to prod while the page is open, and the RoleBinding there is revoked', async t => {
    const { cluster, open } = stage;
    const page = await open(t, '');
    await page.getByRole('combobox', { name: 'Entity', exact: true }).click();
    await page.getByRole('option', { name: /order-service/ }).click();
    const summary = page.getByRole('region', { name: 'Summary' });
    const missing = page.getByRole('heading', { name: /Not everything could be read/ });
    await summary.getByText('2 of 2 pods ready').waitFor();
    assert.match(page.url(), /\?entity=component:default\/order-service/);
    await page.getByRole('button', { name: 'Expand all' }).click();
    for (const pod of podsOf(DEV)) await podRow(page, pod).waitFor();

    await openPod(page, podsOf(DEV)[0]);
    deploy(cluster, PROD, workload(PROD, { second: 'crashing' }));
    await summary.getByText('3 of 4 pods ready').waitFor();
    await page.getByRole('heading', { name: podsOf(DEV)[0], exact: true }).waitFor();
    await page.getByText('CrashLoopBackOff').first().waitFor();
    assert.equal(await missing.count(), 0);

    cluster.revoke('reader', PROD);
    await missing.waitFor();
    await summary.getByText('2 of 2 pods ready').waitFor();
    await summary.getByText(/incomplete/).waitFor();
    await page.getByRole('button', { name: /FORBIDDEN/ }).click();
    const rights = page.getByRole('region', { name: 'Rights that are missing' });
    const yaml = await rights.textContent();
    for (const part of ['kind: Role', 'kind: RoleBinding', `namespace: ${PROD}`, 'name: portal', 'deployments', 'list']) {
      assert.ok(yaml.includes(part), `${part} in ${yaml}`);
    }
    assert.ok(!yaml.includes(DEV), 'only what is missing');

    cluster.grant('reader', PROD);
    await summary.getByText('3 of 4 pods ready').waitFor();
    await missing.waitFor({ state: 'detached' });
  });

  test('a refresh changes neither what is open, nor the focus, nor the place on the page', async t => {
    const { cluster, open } = stage;
    const page = await open(t, undefined, { viewport: { width: 1000, height: 500 } });
    await page.getByRole('button', { name: 'Expand all' }).click();
    const [pod] = podsOf(DEV);
    const opener = page.getByRole('button', { name: `Pod ${pod}`, exact: true });
    await opener.scrollIntoViewIfNeeded();
    await opener.focus();
    const before = await opener.boundingBox();
    const [first] = workload(DEV).pods;
    cluster.put(DEV, 'pods', { ...first, metadata: { ...first.metadata, name: 'zz-one-more', uid: 'zz-one-more' } });
    await page.keyboard.press('r');
    await page.getByText(/^4 of 5 pods ready/).first().waitFor();
    cluster.remove(DEV, 'pods', 'zz-one-more');
    assert.deepEqual(await opener.boundingBox(), before);
    assert.ok(await opener.evaluate(element => element === document.activeElement), 'it has the focus still');
  });

  test('a link leads to the same view', async t => {
    const { open } = stage;
    const [pod] = podsOf(DEV);
    const first = await open(t);
    await first.getByRole('button', { name: 'Expand all' }).click();
    await openPod(first, pod);
    await first.getByRole('button', { name: 'YAML', exact: true }).click();
    const { search } = new URL(first.url());
    const second = await open(t, search);
    await second.getByRole('heading', { name: pod, exact: true }).waitFor();
    await second.getByText(`name: ${pod}`).first().waitFor();
  });
});
