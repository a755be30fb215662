import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startCluster } from '../lib/cluster.mjs';
import { stopAll } from '../lib/stop-all.mjs';
import { eventually } from '../lib/eventually.mjs';
import { openKubernetesTab } from './kubernetes-tab.mjs';
import { orderService, podsOf, workload } from '../lib/shop.mjs';
import { startStage } from './stage.mjs';

describe('the Kubernetes tab of an entity in two namespaces, with a dead cluster beside', () => {
  const entity = orderService('shop-dev, shop-prod');
  let east, west, stage;

  before(async () => {
    const tokens = { reader: ['shop-dev', 'shop-prod'] };
    const objects = {
      'shop-dev': workload('shop-dev', { second: 'unready' }),
      'shop-prod': workload('shop-prod', { second: 'crashing' }),
      payments: workload('payments'),
    };
    east = await startCluster({ objects, tokens });
    east.revoke('reader', 'shop-prod', ['services']);
    west = await startCluster({ objects: { 'shop-dev': workload('shop-dev') }, tokens });
    await west.die();
    stage = await startStage({ clusters: { East: east, West: west }, entities: [entity] });
  });

  after(() => stopAll(east, west, stage));

  const open = (t, options) => openKubernetesTab(t, stage, entity, options);

  test('shows every cluster, and how its pods are', async t => {
    const tab = await open(t);
    await tab.cluster('East').waitFor();
    assert.match(await tab.cluster('East').innerText(), /4 pods\s+2 pods with errors/);
    assert.match(await tab.cluster('West').innerText(), /0 pods\s+No pods with errors/);
  });

  test('shows the objects of both namespaces, and of no other', async t => {
    const tab = await open(t);
    await tab.expand(tab.cluster('East'));
    for (const kind of ['Deployment', 'Ingress', 'ConfigMap']) {
      for (const namespace of ['shop-dev', 'shop-prod']) await tab.summary(kind, namespace).waitFor();
    }
    await tab.summary('Service', 'shop-dev').waitFor();
    assert.equal(await tab.summary('Service', 'shop-prod').count(), 0);
    assert.equal(await tab.page.getByText('namespace: payments').count(), 0);
  });

  test('asks for the namespaces of the entity only', async t => {
    east.requests.length = 0;
    await (await open(t)).cluster('East').waitFor();
    const asked = new Set(east.requests.map(request => request.path.match(/\/namespaces\/([^/]+)\//)?.[1]));
    assert.deepEqual([...asked].sort(), ['shop-dev', 'shop-prod']);
  });

  test('tells what could not be read, in which namespace and cluster, and why', async t => {
    const tab = await open(t);
    const text = await (await tab.expandProblems()).innerText();
    assert.match(
      text,
      /Cluster: East\s+Error fetching Kubernetes resource: '\/api\/v1\/namespaces\/shop-prod\/services', error: UNKNOWN_ERROR, status code: 403\s+Cluster: West/,
    );
    assert.match(text, /Cluster: West\s+Error communicating with Kubernetes: FETCH_ERROR, message: .*(connect|connection)/i);
  });

  test('detects the errors of pods in both namespaces', async t => {
    const tab = await open(t);
    const [, unready] = podsOf('shop-dev');
    const [, crashing] = podsOf('shop-prod');
    assert.deepEqual(
      (await tab.detectedErrors()).sort(),
      [
        ['East', 'shop-dev', 'Pod', unready, 'The container main failed to start properly, but is not crashing'],
        ['East', 'shop-prod', 'Pod', crashing, 'back-off 5m0s restarting failed container=main'],
        ['East', 'shop-prod', 'Pod', crashing, 'container=main restarted 4 times'],
      ].sort(),
    );
  });

  test('lists the pods of a deployment with their states and usage', async t => {
    const tab = await open(t);
    await tab.expandDeployment('East', 'shop-prod');
    const [healthy, crashing] = podsOf('shop-prod');
    assert.match(
      (await tab.row(healthy).innerText()).replace(/\s+/g, ' '),
      /Running OK 1\/1 0 requests: 50% of 100m limits: 25% of 200m requests: 50% of 128MiB limits: 25% of 256MiB/,
    );
    assert.match((await tab.row(crashing).innerText()).replace(/\s+/g, ' '), /Running Container: main CrashLoopBackOff 0\/1 4/);
  });

  test('shows the autoscaler of the deployment in its own namespace', async t => {
    const tab = await open(t);
    await tab.expand(tab.cluster('East'));
    assert.match(
      await tab.summary('Deployment', 'shop-dev').innerText(),
      /min replicas 2 \/ max replicas 5\s+current CPU usage: 50%\s+target CPU usage: 75%/,
    );
  });

  test('follows what changes without being loaded again', async t => {
    const tab = await open(t);
    await tab.cluster('East').waitFor();
    const pod = { ...east.get('shop-dev', 'pods', podsOf('shop-dev')[0]) };
    east.put('shop-dev', 'pods', { ...pod, metadata: { ...pod.metadata, name: 'newcomer', uid: 'newcomer' } });
    t.after(() => east.remove('shop-dev', 'pods', 'newcomer'));
    await eventually(
      () => tab.cluster('East').innerText(),
      text => assert.match(text, /5 pods/),
    );
  });

  test('shows a right that was revoked, and the objects again once it is granted', async t => {
    const tab = await open(t);
    await tab.expand(tab.cluster('East'));
    await tab.summary('Ingress', 'shop-prod').waitFor();
    east.revoke('reader', 'shop-prod', ['ingresses.networking.k8s.io']);
    await tab.summary('Ingress', 'shop-prod').waitFor({ state: 'detached' });
    assert.match(await (await tab.expandProblems()).innerText(), /shop-prod\/ingresses', error: UNKNOWN_ERROR, status code: 403/);
    east.grant('reader', 'shop-prod', ['ingresses.networking.k8s.io']);
    await tab.summary('Ingress', 'shop-prod').waitFor();
  });

  test('shows a dead cluster once it lives again', async t => {
    const tab = await open(t);
    await tab.cluster('West').waitFor();
    await west.recover();
    t.after(() => west.die());
    await eventually(
      () => tab.cluster('West').innerText(),
      text => assert.match(text, /2 pods/),
    );
  });
});
