// A service of 2,000 pods.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { workload } from '../lib/shop.mjs';
import { DEV, PROD, startStage } from './stage.mjs';

const PODS = 2000;

describe(`${PODS} pods`, () => {
  let stage;

  before(async () => {
    const [dev, prod] = [many(DEV), many(PROD)];
    stage = await startStage({ objects: { [DEV]: dev, [PROD]: prod } });
  });

  after(() => stage?.stop());

  test('are there at once, and scroll', async t => {
    const page = await stage.open(t);
    await page.getByRole('region', { name: 'Summary' }).getByText(/2,000 of 2,000 pods ready/).waitFor();
    const shown = await page.evaluate(() => performance.now());
    const [paint] = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint').map(entry => entry.startTime));
    await page.getByRole('button', { name: 'Expand all' }).click();
    await page.getByRole('button', { name: /^Pod order-service/ }).first().waitFor();
    const table = page.getByRole('table', { name: /Workloads and pods/ });
    assert.ok(Number(await table.getAttribute('aria-rowcount')) > PODS, 'every row is counted');
    const frames = await page.evaluate(scrollThrough);
    t.diagnostic(
      `first paint ${paint.toFixed(0)} ms, all counted after ${shown.toFixed(0)} ms; ${frames.count} frames while scrolling, ` +
        `median ${frames.median.toFixed(0)} ms, slowest ${frames.slowest.toFixed(0)} ms, ${frames.rows} rows in the page at most`,
    );
    assert.ok(frames.rows < 300, `${frames.rows} rows are in the page`);
    const last = podName(PROD, PODS / 2);
    await page.getByRole('searchbox', { name: 'Search names and labels' }).fill(last);
    await page.getByRole('button', { name: `Pod ${last}`, exact: true }).waitFor();
    await page.getByText(/^1 of 2,?000 pods/).waitFor();
  });
});

const podName = (namespace, number) => `order-service-5d8f-${namespace}-${number}`;

function many(namespace) {
  const objects = workload(namespace);
  const { pods, 'pods.metrics.k8s.io': usages } = objects;
  const copies = (list, change) => Array.from({ length: PODS / 2 }, (_, i) => change(structuredClone(list[0]), podName(namespace, i + 1)));
  objects.pods = copies(pods, (pod, name) => Object.assign(pod, { metadata: { ...pod.metadata, name, uid: name } }));
  objects['pods.metrics.k8s.io'] = copies(usages, (usage, name) => Object.assign(usage, { metadata: { ...usage.metadata, name } }));
  Object.assign(objects.deployments[0].spec, { replicas: PODS / 2 });
  Object.assign(objects.deployments[0].status, { replicas: PODS / 2, readyReplicas: PODS / 2, updatedReplicas: PODS / 2 });
  return objects;
}

/** Scrolls the whole page down, a screen for each frame. In the page. */
async function scrollThrough() {
  const scrolls = element => element.scrollHeight > element.clientHeight + 1000 && getComputedStyle(element).overflowY !== 'visible';
  const area = [...document.querySelectorAll('*')].filter(scrolls).sort((a, b) => b.scrollHeight - a.scrollHeight)[0] ?? document.scrollingElement;
  const frame = () => new Promise(resolve => requestAnimationFrame(resolve));
  const times = [];
  let rows = 0;
  let before = await frame();
  while (area.scrollTop + area.clientHeight < area.scrollHeight - 1) {
    const top = area.scrollTop;
    area.scrollTop += area.clientHeight;
    const now = await frame();
    times.push(now - before);
    before = now;
    rows = Math.max(rows, document.querySelectorAll('[role=row]').length);
    if (area.scrollTop === top) break;
  }
  times.sort((a, b) => a - b);
  return { count: times.length, median: times[times.length >> 1], slowest: times.at(-1), rows };
}
