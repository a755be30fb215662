// What goes wrong is told, with what to do, and what was there stays.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { podsOf, workload } from '../lib/shop.mjs';
import { DEV, EVERYWHERE, PROD, startStage } from './stage.mjs';

const OBJECTS = { [DEV]: workload(DEV), [PROD]: workload(PROD) };

describe('a dead cluster', () => {
  let stage;

  before(async () => {
    stage = await startStage({ objects: OBJECTS, clusters: { basement: { url: 'http://127.0.0.1:1', token: 'any' } } });
  });

  after(() => stage?.stop());

  test('is told with its cure, and does not spoil the other', async t => {
    const page = await stage.open(t);
    await page.getByRole('region', { name: 'Summary' }).getByText('4 of 4 pods ready').waitFor();
    const gap = page.getByRole('listitem').filter({ hasText: 'UNREACHABLE' });
    await gap.getByText('basement').waitFor();
    await gap.getByText(/check/i).first().waitFor();
  });

});

describe('an entity that names no namespace', () => {
  const query = `?entity=component:default/${EVERYWHERE}`;

  test('is shown with the namespaces of its objects', async t => {
    const stage = await startStage({ objects: OBJECTS, tokens: { reader: ['*'] } });
    t.after(() => stage.stop());
    const page = await stage.open(t, query);
    await page.getByRole('region', { name: 'Summary' }).getByText('4 of 4 pods ready').waitFor();
    for (const namespace of [DEV, PROD]) await page.getByRole('heading', { name: `Namespace ${namespace}` }).waitFor();
  });

  test('needs rights for the whole cluster, as is told', async t => {
    const stage = await startStage({ objects: OBJECTS });
    t.after(() => stage.stop());
    const page = await stage.open(t, query);
    await page.getByRole('button', { name: /FORBIDDEN/ }).click();
    await page.getByRole('rowheader', { name: '(cluster-wide)' }).waitFor();
  });
});

describe('a cluster that dies', () => {
  let stage;

  before(async () => {
    stage = await startStage({ objects: OBJECTS });
  });

  after(() => stage?.stop());

  test('and comes back is complete again without a reload', async t => {
    const page = await stage.open(t);
    const summary = page.getByRole('region', { name: 'Summary' });
    await summary.getByText('4 of 4 pods ready').waitFor();
    await stage.cluster.die();
    await page.getByRole('listitem').filter({ hasText: 'UNREACHABLE' }).getByText('shop', { exact: true }).waitFor();
    await summary.getByText(/incomplete/).waitFor();
    await stage.cluster.recover();
    await summary.getByText('4 of 4 pods ready').waitFor();
    await summary.getByText(/incomplete/).waitFor({ state: 'detached' });
    assert.equal(await page.getByRole('listitem').filter({ hasText: 'UNREACHABLE' }).count(), 0);
  });
});

describe('a backend that goes', () => {
  test('is told, and what was seen stays', async t => {
    const stage = await startStage({ objects: OBJECTS });
    t.after(() => stage?.stop());
    const page = await stage.open(t, undefined, { expectedErrors: [/Failed to load resource/] });
    const summary = page.getByRole('region', { name: 'Summary' });
    await summary.getByText('4 of 4 pods ready').waitFor();
    await stage.backend.stop();
    const told = page.getByRole('status', { name: 'Refresh problems' });
    await told.getByText(/The backend cannot be reached/).waitFor();
    await told.getByText(/Refresh failed at/).waitFor();
    await summary.getByText('4 of 4 pods ready').waitFor();
  });
});

describe('a backend that asks who calls', () => {
  const TOKEN = 'browser-token-0123456789';
  let stage;

  before(async () => {
    stage = await startStage({
      objects: OBJECTS,
      more: { backend: { auth: { externalAccess: [{ type: 'static', options: { token: TOKEN, subject: 'browser' } }] } } },
    });
  });

  after(() => stage?.stop());

  test('is given a token, and a wrong one is told', async t => {
    const page = await stage.open(t, undefined, { expectedErrors: [/status of 401/] });
    await page.getByRole('alert').getByText('The backend asks who you are').first().waitFor();
    await give(page, 'a-wrong-token-0123456789');
    await page.getByRole('alert').getByText('The backend does not accept your token').first().waitFor();
    await give(page, TOKEN);
    await page.getByRole('region', { name: 'Summary' }).getByText('4 of 4 pods ready').waitFor();
    const kept = await page.evaluate(() => Object.keys(localStorage).map(key => localStorage.getItem(key)).join());
    assert.ok(!kept.includes(TOKEN), 'the token goes with the tab');
  });

  async function give(page, token) {
    await page.getByRole('button', { name: 'Give a token' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Token for Backend', { exact: true }).fill(token);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
  }
});

describe('a log', () => {
  let stage;
  const [pod] = podsOf(DEV);

  before(async () => {
    stage = await startStage({ objects: OBJECTS });
    stage.cluster.say(DEV, pod, 'main', 'started in 2 s');
  });

  after(() => stage?.stop());

  test('is followed line by line', async t => {
    const page = await stage.open(t, `?entity=component:default/order-service&pod=shop/${DEV}/${pod}&view=log`);
    const log = page.getByLabel('Log of main');
    await log.getByText('started in 2 s').waitFor();
    await page.getByText('Following').waitFor();
    for (let number = 1; number <= 3; number++) {
      stage.cluster.say(DEV, pod, 'main', `order ${number} <b>& more</b>`);
      await log.getByText(`order ${number} <b>& more</b>`).waitFor();
    }
  });

  test('that may not be read says which right is missing', async t => {
    stage.cluster.revoke('reader', DEV, ['pods/log']);
    stage.cluster.grant('reader', DEV, ['pods']);
    const page = await stage.open(t, `?entity=component:default/order-service&pod=shop/${DEV}/${pod}&view=log`, {
      expectedErrors: [/status of 403/],
    });
    await page.getByText(/Missing right: get on pods\/log/).waitFor();
  });
});
