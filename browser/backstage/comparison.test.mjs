import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { launchChromium } from '../lib/chromium.mjs';
import { startCluster } from '../lib/cluster.mjs';
import { stopAll } from '../lib/stop-all.mjs';
import { startOriginal } from '../original/original.mjs';
import { eventually } from '../lib/eventually.mjs';
import { openKubernetesTab, terminalLines } from './kubernetes-tab.mjs';
import { orderService, podsOf, workload } from '../lib/shop.mjs';
import { sightsOf } from './sights.mjs';
import { startStage } from './stage.mjs';

const SCREENSHOTS = process.env.SCREENSHOTS;
const ROLLOUTS = { group: 'argoproj.io', version: 'v1alpha1', plural: 'rollouts', kind: 'Rollout' };

const inCluster = cluster => ({ 'backstage.io/kubernetes-cluster': cluster });
const selecting = selector => ({ ...inCluster('east'), 'backstage.io/kubernetes-label-selector': selector });

const ENTITIES = {
  dev: orderService('shop-dev', inCluster('east'), 'order-dev'),
  prod: orderService('shop-prod', inCluster('east'), 'order-prod'),
  test: orderService('shop-test', inCluster('east'), 'order-test'),
  forbidden: orderService('payments', inCluster('east'), 'order-payments'),
  empty: orderService('shop-dev', selecting('app=nothing'), 'order-empty'),
  badSelector: orderService('shop-dev', selecting('app in'), 'order-bad'),
  byId: orderService('shop-dev', { ...selecting(''), 'backstage.io/kubernetes-id': 'orders' }, 'order-by-id'),
  stranger: orderService('shop-dev', inCluster('stale'), 'order-stale'),
  bare: orderService('shop-dev', inCluster('bare'), 'order-bare'),
  everywhere: orderService('', inCluster('bare'), 'order-everywhere'),
  unknown: orderService('shop-dev', inCluster('east'), 'order-unknown'),
};

/** What is compared: the entity, what is looked at, and what has to be seen for the comparison to mean something. */
const SCENES = {
  'all is well': {
    entity: 'dev',
    pod: podsOf('shop-dev')[0],
    dialogs: { 'get logs': 'order 1 received' },
    sees: /order-rollout Rollout namespace: shop-dev .* Canary promoted .* order-service Deployment/,
  },
  'a pod crashes': {
    entity: 'prod',
    pod: podsOf('shop-prod')[1],
    dialogs: { 'get logs': 'starting', 'fix issue': 'no database' },
    sees: /CrashLoopBackOff/,
  },
  'a pod is not ready': {
    entity: 'test',
    pod: podsOf('shop-test')[1],
    dialogs: { 'fix issue': 'Unhealthy' },
    sees: /failed to start properly/,
  },
  'pods may not be read': {
    entity: 'dev',
    revoked: ['pods'],
    sees: /shop-dev\/pods', error: UNKNOWN_ERROR, status code: 403/,
  },
  'metrics may not be read': {
    entity: 'dev',
    revoked: ['pods.metrics.k8s.io'],
    sees: /metrics.k8s.io/,
  },
  'logs and events may not be read': {
    entity: 'test',
    revoked: ['pods/log', 'events'],
    pod: podsOf('shop-test')[1],
    dialogs: { 'get logs': 'Proxy request failed with 403', 'fix issue': 'Request failed with 403' },
    expectedErrors: [/403/],
    sees: /2 pods/,
  },
  'nothing of the namespace may be read': {
    entity: 'forbidden',
    sees: /payments\/pods', error: UNKNOWN_ERROR, status code: 403/,
  },
  'nothing fits the label selector': { entity: 'empty', sees: /No resources on any known clusters/ },
  'the label selector is wrong': { entity: 'badSelector', sees: /BAD_REQUEST/ },
  'the entity is looked up by its id': { entity: 'byId', sees: /order-by-id-settings/ },
  'the token is not known to the cluster': { entity: 'stranger', sees: /UNAUTHORIZED_ERROR/ },
  'the cluster has no metrics server': { entity: 'bare', pod: podsOf('shop-dev')[0], sees: /NOT_FOUND/ },
  'the entity names no namespace': { entity: 'everywhere', sees: /shop-dev.*shop-prod/ },
  'the backend does not know the entity': {
    entity: 'unknown',
    expectedErrors: [/403/],
    sees: /Request failed with 403 Forbidden/,
  },
};

describe('the Kubernetes tab is the same with our backend as with the original', () => {
  let browser, east, stale, bare, ours, original;

  before(async () => {
    const rollout = {
      metadata: { name: 'order-rollout', labels: { app: 'order-service' } },
      spec: { replicas: 2, strategy: { canary: { steps: [{ setWeight: 20 }, { pause: {} }] } } },
      status: { phase: 'Healthy', currentStepIndex: 2 },
    };
    east = await startCluster({
      objects: {
        'shop-dev': { ...workload('shop-dev'), rollouts: [rollout] },
        'shop-prod': workload('shop-prod', { second: 'crashing' }),
        'shop-test': workload('shop-test', { second: 'unready' }),
        payments: workload('payments'),
      },
      tokens: { reader: ['shop-dev', 'shop-prod', 'shop-test'] },
      customResources: [ROLLOUTS],
    });
    const byId = { name: 'order-by-id-settings', labels: { 'backstage.io/kubernetes-id': 'orders' } };
    east.put('shop-dev', 'configmaps', { metadata: byId, data: {} });
    east.say('shop-dev', podsOf('shop-dev')[0], 'main', 'order 1 received');
    east.say('shop-prod', podsOf('shop-prod')[1], 'main', 'starting');
    east.say('shop-prod', podsOf('shop-prod')[1], 'main', 'no database', { previous: true });
    stale = await startCluster();
    const withoutMetrics = namespace => ({ ...workload(namespace), 'pods.metrics.k8s.io': [] });
    bare = await startCluster({
      objects: { 'shop-dev': withoutMetrics('shop-dev'), 'shop-prod': withoutMetrics('shop-prod') },
      tokens: { reader: ['*'] },
      customResources: [ROLLOUTS],
    });
    browser = await launchChromium();
    const entities = Object.values(ENTITIES);
    const setting = {
      clusters: { East: east, Stale: stale, Bare: bare },
      entities,
      catalog: entities.filter(entity => entity !== ENTITIES.unknown),
      browser,
      kubernetes: {
        serviceLocatorMethod: { type: 'singleTenant' },
        customResources: [{ group: ROLLOUTS.group, apiVersion: ROLLOUTS.version, plural: ROLLOUTS.plural }],
      },
    };
    ours = await startStage(setting);
    original = await startStage({ ...setting, start: startOriginal });
  });

  after(() => stopAll(east, stale, bare, browser, original, ours));

  for (const [name, { entity, revoked, sees, ...looks }] of Object.entries(SCENES)) {
    test(`when ${name}`, async t => {
      const looked = ENTITIES[entity];
      const namespace = looked.metadata.annotations['backstage.io/kubernetes-namespace'];
      if (revoked) {
        east.revoke('reader', namespace, revoked);
        t.after(() => east.grant('reader', namespace, revoked));
      }
      const screenshot = backend => SCREENSHOTS && `${SCREENSHOTS}/${name.replaceAll(' ', '-')}-${backend}.png`;
      const [expected, actual] = await Promise.all([
        sightsOf(t, original, looked, { ...looks, screenshot: screenshot('original') }),
        sightsOf(t, ours, looked, { ...looks, screenshot: screenshot('ours') }),
      ]);
      assert.match(expected.tab.words, sees);
      assert.deepEqual(actual, expected);
    });
  }
});

describe('the terminal is the same with our backend as with the original', () => {
  const entity = orderService('shop-dev');
  const [pod] = podsOf('shop-dev');
  let browser, cluster, ours, original;

  before(async () => {
    cluster = await startCluster({ objects: { 'shop-dev': workload('shop-dev') }, tokens: { reader: ['shop-dev'] } });
    browser = await launchChromium();
    const setting = { clusters: { Only: cluster }, entities: [entity], browser };
    ours = await startStage(setting);
    original = await startStage({ ...setting, start: startOriginal });
  });

  after(() => stopAll(cluster, browser, original, ours));

  const session = async (t, stage, options) => {
    const tab = await openKubernetesTab(t, stage, entity, options);
    await tab.expandDeployment('Only', 'shop-dev');
    await tab.openPod(pod);
    const dialog = await tab.openDialog('open terminal');
    const keyboard = dialog.locator('.xterm-helper-textarea');
    return { lines: () => terminalLines(dialog), type: text => keyboard.pressSequentially(text) };
  };

  test('when commands are typed, and the shell is left', async t => {
    for (const stage of [original, ours]) {
      const { lines, type } = await session(t, stage);
      await eventually(lines, seen => assert.deepEqual(seen, ['$']));
      await type('printenv STAGE\nexit\n');
      await eventually(lines, seen =>
        assert.deepEqual(seen, ['$ printenv STAGE', 'shop-dev', '$ exit', 'Socket connection closed']),
      );
    }
  });

  test('when it is not allowed', async t => {
    cluster.revoke('reader', 'shop-dev', ['pods/exec']);
    t.after(() => cluster.grant('reader', 'shop-dev', ['pods/exec']));
    for (const stage of [original, ours]) {
      const { lines } = await session(t, stage, { expectedErrors: [/WebSocket connection to .* failed/] });
      await eventually(lines, seen => assert.deepEqual(seen, ['Starting terminal, please wait...', 'Socket connection closed']));
    }
  });
});
