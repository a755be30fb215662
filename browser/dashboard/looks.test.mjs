// How it looks, and whether everybody can read it. With SCREENSHOTS=<folder>, pictures go there.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { findings } from '../lib/axe.mjs';
import { podsOf, workload } from '../lib/shop.mjs';
import { DEV, ENTITY, openPod, PROD, startStage } from './stage.mjs';

const FOLDER = process.env.SCREENSHOTS;
const WIDE = { width: 1280, height: 800 };
const PHONE = { width: 360, height: 740 };

describe('the looks', () => {
  let stage;
  const [running, crashing] = podsOf(PROD);

  before(async () => {
    stage = await startStage({
      objects: { [DEV]: workload(DEV), [PROD]: workload(PROD, { second: 'crashing' }) },
      tokens: { reader: { [DEV]: ['*'], [PROD]: ALL_BUT_INGRESSES } },
      clusters: { basement: { url: 'http://127.0.0.1:1', token: 'any' } },
    });
    for (let i = 1; i <= 40; i++) stage.cluster.say(PROD, running, 'main', `order ${1000 + i} accepted in ${i % 7 + 3} ms`);
  });

  after(() => stage?.stop());

  const views = {
    start: {
      query: '',
      shown: async page => {
        await page.getByRole('combobox', { name: 'Entity', exact: true }).click();
        await page.getByRole('option', { name: /order-service/ }).waitFor();
      },
    },
    workloads: { shown: expanded },
    missing: {
      shown: async page => {
        await expanded(page);
        await page.getByRole('button', { name: /FORBIDDEN/ }).click();
        await page.getByRole('region', { name: 'Rights that are missing' }).waitFor();
      },
    },
    pod: {
      shown: async page => {
        await expanded(page);
        await openPod(page, crashing);
      },
    },
    log: {
      query: `?entity=${ENTITY}&pod=shop/${PROD}/${running}&view=log`,
      shown: page => page.getByText('order 1040 accepted').waitFor(),
    },
    yaml: {
      query: `?entity=${ENTITY}&pod=shop/${PROD}/${running}&view=yaml`,
      shown: page => page.getByText(`name: ${running}`).first().waitFor(),
    },
    keys: {
      shown: async page => {
        await expanded(page);
        await page.keyboard.press('?');
        await page.getByRole('dialog').waitFor();
      },
    },
  };

  for (const [name, { query, shown }] of Object.entries(views)) {
    for (const colorScheme of ['light', 'dark']) {
      for (const [size, viewport] of Object.entries({ wide: WIDE, phone: PHONE })) {
        test(`${name} in ${colorScheme} on a ${size === 'wide' ? 'wide screen' : 'phone'} is for everybody`, async t => {
          const page = await stage.open(t, query, { viewport, expectedErrors: [/Failed to load resource/] });
          await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
          await shown(page);
          assert.deepEqual(await findings(page), []);
          const width = await page.evaluate(() => document.documentElement.scrollWidth);
          assert.ok(width <= viewport.width, `the page is ${width} wide`);
          if (FOLDER) {
            await mkdir(FOLDER, { recursive: true });
            await page.screenshot({ path: join(FOLDER, `${name}-${colorScheme}-${size}.png`) });
          }
        });
      }
    }
  }
});

const ALL_BUT_INGRESSES = [
  'pods', 'pods/log', 'pods.metrics.k8s.io', 'services', 'configmaps', 'limitranges', 'resourcequotas', 'events',
  'deployments.apps', 'replicasets.apps', 'statefulsets.apps', 'daemonsets.apps',
  'horizontalpodautoscalers.autoscaling', 'jobs.batch', 'cronjobs.batch',
];

async function expanded(page) {
  await page.getByRole('region', { name: 'Summary' }).getByText('3 of 4 pods ready').waitFor();
  await page.getByRole('button', { name: 'Expand all' }).click();
}
