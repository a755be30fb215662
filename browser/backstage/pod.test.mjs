import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startCluster } from '../lib/cluster.mjs';
import { stopAll } from '../lib/stop-all.mjs';
import { eventually } from '../lib/eventually.mjs';
import { openKubernetesTab } from './kubernetes-tab.mjs';
import { orderService, podsOf, workload } from '../lib/shop.mjs';
import { startStage } from './stage.mjs';

const PODS = '/api/v1/namespaces/shop-prod/pods';
const [, UNREADY] = podsOf('shop-dev');
const [HEALTHY, CRASHING] = podsOf('shop-prod');

describe('a pod in the Kubernetes tab, of one of two clusters', () => {
  const entity = orderService('shop-dev, shop-prod');
  let east, west, stage;

  before(async () => {
    const tokens = { reader: ['shop-dev', 'shop-prod'] };
    const objects = {
      'shop-dev': workload('shop-dev', { second: 'unready' }),
      'shop-prod': workload('shop-prod', { second: 'crashing' }),
    };
    east = await startCluster({ objects, tokens });
    west = await startCluster({ tokens });
    stage = await startStage({ clusters: { East: east, West: west }, entities: [entity] });
  });

  after(() => stopAll(east, west, stage));

  const openPod = async (t, name, { namespace = 'shop-prod', ...options } = {}) => {
    const tab = await openKubernetesTab(t, stage, entity, options);
    await tab.expandDeployment('East', namespace);
    await tab.openPod(name);
    return tab;
  };

  test('shows its containers, their health and what they use', async t => {
    const { drawer } = await openPod(t, CRASHING);
    const text = (await drawer.innerText()).replace(/\s+/g, ' ');
    assert.match(text, /Pod \(10\.1\.0\.8\)/);
    assert.match(
      text,
      /CPU requests: 100m usage: 50% CPU limits: 200m usage: 25% Memory requests: 128MiB usage: 50% Memory limits: 256MiB usage: 25%/,
    );
    assert.match(text, /Containers main shop\/order-service:1\.4 Status: CrashLoopBackOff Restarts: 4/);
    assert.match(text, /No Restarts ❌ Started ❌ Ready ❌ Readiness Probe Set ✅/);
  });

  test('shows its YAML, with managed fields if they are wanted', async t => {
    const { drawer } = await openPod(t, HEALTHY);
    await drawer.getByText('YAML').click();
    const yaml = drawer.locator('code').first();
    await yaml.getByText('order-service:1.4').first().waitFor();
    assert.match(await yaml.innerText(), /name: STAGE\s+value: shop-prod/);
    assert.doesNotMatch(await yaml.innerText(), /kubelet/);
    await drawer.getByText('Managed Fields').click();
    await yaml.getByText('kubelet').waitFor();
  });

  test('shows the log of a container', async t => {
    ['order 1 received', 'order 2 received'].forEach(line => east.say('shop-prod', HEALTHY, 'main', line));
    const tab = await openPod(t, HEALTHY);
    const dialog = await tab.openDialog('get logs');
    await dialog.getByText('order 2 received').waitFor();
    assert.match(await dialog.innerText(), new RegExp(`${HEALTHY} - main logs on cluster East`));
    assert.match(await dialog.innerText(), /order 1 received\s+2?\s*order 2 received/);
  });

  test('tells that a log may not be read', async t => {
    east.revoke('reader', 'shop-prod', ['pods/log']);
    t.after(() => east.grant('reader', 'shop-prod', ['pods/log']));
    const tab = await openPod(t, HEALTHY, { expectedErrors: [/403/] });
    const dialog = await tab.openDialog('get logs');
    await dialog.getByText(`cannot get resource \\"pods/log\\" in API group`).waitFor();
  });

  test('explains a crash, with the log of the container before its restart', async t => {
    east.say('shop-prod', CRASHING, 'main', 'no database at db:5432', { previous: true });
    const tab = await openPod(t, CRASHING);
    const dialog = await tab.openDialog('fix issue');
    await dialog.getByText('no database at db:5432').waitFor();
    assert.match(await dialog.innerText(), /The container main has crashed many times/);
  });

  test('explains why it is not ready, with its events', async t => {
    const tab = await openPod(t, UNREADY, { namespace: 'shop-dev' });
    const dialog = await tab.openDialog('fix issue');
    await dialog.getByText('Unhealthy: Readiness probe failed: HTTP 503').waitFor();
    const asked = east.requests.find(request => request.path === '/api/v1/namespaces/shop-dev/events');
    assert.deepEqual(asked.query, { fieldSelector: `involvedObject.name=${UNREADY}` });
  });

  test('has no terminal, since the tab cannot tell the cluster', async t => {
    const tab = await openKubernetesTab(t, stage, entity);
    await tab.expandDeployment('East', 'shop-prod');
    const clusters = tab.page.waitForResponse(/\/api\/kubernetes\/clusters$/);
    await tab.openPod(HEALTHY);
    assert.equal((await (await clusters).json()).items.length, 2);
    await tab.refresh();
    assert.equal(await tab.drawer.getByRole('button', { name: 'open terminal' }).count(), 0);
  });

  test('tells that it may not be deleted', async t => {
    east.revoke('reader', 'shop-prod', ['delete pods']);
    t.after(() => east.grant('reader', 'shop-prod', ['delete pods']));
    const { drawer } = await openPod(t, HEALTHY, { expectedErrors: [/403/] });
    await drawer.getByRole('button', { name: 'Delete Pod' }).click();
    await drawer.getByText('Could not delete the pod').waitFor();
    assert.ok(east.get('shop-prod', 'pods', HEALTHY));
  });

  test('is deleted, and vanishes from the tab', async t => {
    const { metadata, ...rest } = east.get('shop-prod', 'pods', HEALTHY);
    const name = 'victim';
    east.put('shop-prod', 'pods', { ...rest, metadata: { ...metadata, name, uid: name } });
    const tab = await openPod(t, name);
    await tab.drawer.getByRole('button', { name: 'Delete Pod' }).click();
    await eventually(
      () => east.requests.find(request => request.method === 'DELETE' && request.path === `${PODS}/${name}`)?.status,
      status => assert.equal(status, 200),
    );
    assert.equal(east.get('shop-prod', 'pods', name), undefined);
    await tab.page.getByRole('button', { name, includeHidden: true }).waitFor({ state: 'detached' });
  });
});
