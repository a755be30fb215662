import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { launchChromium } from '../lib/chromium.mjs';
import { startCluster } from '../lib/cluster.mjs';
import { stopAll } from '../lib/stop-all.mjs';
import { startOriginal } from '../original/original.mjs';
import { openKubernetesTab } from './kubernetes-tab.mjs';
import { orderService, podsOf, workload } from '../lib/shop.mjs';
import { startStage } from './stage.mjs';

describe('the Kubernetes tab shows more with our backend than with the original', () => {
  const one = orderService('shop-dev', {}, 'order-dev');
  const several = orderService('shop-dev, shop-prod', {}, 'order-several');
  let browser, east, west, ours, original;

  before(async () => {
    const objects = { 'shop-dev': workload('shop-dev'), 'shop-prod': workload('shop-prod') };
    const tokens = { reader: ['shop-dev', 'shop-prod'] };
    east = await startCluster({ objects, tokens });
    west = await startCluster({ objects, tokens });
    browser = await launchChromium();
    const setting = { clusters: { East: east, West: west }, entities: [one, several], browser };
    ours = await startStage(setting);
    original = await startStage({ ...setting, start: startOriginal });
  });

  after(() => stopAll(east, west, browser, original, ours));

  /** Opens the tab with both backends, and tells the summary of a cluster and the panel of problems. */
  const look = async (t, entity, cluster) => {
    t.after(() => west.recover());
    const tellOf = async stage => {
      const tab = await openKubernetesTab(t, stage, entity);
      await tab.cluster(cluster).waitFor();
      const problems = (await tab.problems.count()) > 0 ? await (await tab.expandProblems()).innerText() : '';
      return { tab, summary: (await tab.cluster(cluster).innerText()).replace(/\s+/g, ' '), problems };
    };
    const [theirs, own] = await Promise.all([tellOf(original), tellOf(ours)]);
    return { theirs, own };
  };

  test('if the entity is in several namespaces', async t => {
    const { theirs, own } = await look(t, several, 'East');
    assert.match(theirs.summary, /0 pods/);
    assert.match(own.summary, /4 pods/);
    assert.equal(own.problems, '');
    await own.tab.expand(own.tab.cluster('East'));
    for (const namespace of ['shop-dev', 'shop-prod']) await own.tab.summary('Deployment', namespace).waitFor();
  });

  test('if the connection of one list breaks', async t => {
    west.reset(/configmaps/);
    const { theirs, own } = await look(t, one, 'West');
    assert.match(theirs.summary, /0 pods/);
    assert.match(own.summary, /2 pods/);
    assert.match(
      own.problems,
      /FETCH_ERROR, message: .* ended before an answer came \(\/api\/v1\/namespaces\/shop-dev\/configmaps\)/,
    );
  });

  test('if the connection of the metrics breaks', async t => {
    west.reset(/metrics/);
    const { theirs, own } = await look(t, one, 'West');
    assert.match(theirs.summary, /0 pods/);
    assert.match(own.summary, /2 pods/);
    assert.match(own.problems, /FETCH_ERROR, message: .* \(\/apis\/metrics\.k8s\.io\/v1beta1\/namespaces\/shop-dev\/pods\)/);
  });

  test('if a cluster is dead: what to do about it', async t => {
    await west.die();
    const { theirs, own } = await look(t, one, 'West');
    assert.match(theirs.problems, /reason: connect ECONNREFUSED/);
    assert.match(own.problems, /Connection refused; check the url, and that the API server runs/);
    // Once, and not for each of the 13 lists.
    assert.equal(own.problems.split('FETCH_ERROR').length, theirs.problems.split('FETCH_ERROR').length);
  });

  test('if a pod has several containers: the sum of their memory', async t => {
    const name = podsOf('shop-dev')[0];
    const pod = east.get('shop-dev', 'pods', name);
    t.after(() => east.put('shop-dev', 'pods', pod));
    const sidecar = { ...pod.spec.containers[0], name: 'sidecar' };
    east.put('shop-dev', 'pods', { ...pod, spec: { containers: [...pod.spec.containers, sidecar] } });
    const { theirs, own } = await look(t, one, 'East');
    const memory = async ({ tab }) => {
      await tab.expandDeployment('East', 'shop-dev');
      return tab.row(name).getByRole('cell').last().innerText();
    };
    assert.match(await memory(theirs), /16% of 384MiB/);
    assert.match(await memory(own), /25% of 256MiB/);
  });

  test('if a cluster hangs', async t => {
    t.after(() => west.recover());
    west.hang();
    const [theirs, own] = await Promise.all([original, ours].map(stage => openKubernetesTab(t, stage, one)));
    await own.cluster('East').waitFor();
    assert.match(await own.cluster('East').innerText(), /2 pods/);
    assert.match(
      await (await own.expandProblems()).innerText(),
      /Cluster: West\s+.*no answer of .* in time: followspot\.http\.requestTimeout/,
    );
    assert.equal(await theirs.answered.count(), 0);
  });
});
