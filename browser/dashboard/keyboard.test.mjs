// Everything with the keyboard alone.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { podsOf, workload } from '../lib/shop.mjs';
import { DEV, PROD, startStage } from './stage.mjs';

describe('with the keyboard alone', () => {
  let stage;
  const [pod] = podsOf(DEV);

  before(async () => {
    stage = await startStage({ objects: { [DEV]: workload(DEV), [PROD]: {} } });
    stage.cluster.say(DEV, pod, 'main', 'a line');
  });

  after(() => stage?.stop());

  test('an entity is chosen, a pod is found, its log and YAML are read, and all is closed again', async t => {
    const page = await stage.open(t, '');
    const { keyboard } = page;
    await tabTo(page, 'Entity');
    await keyboard.type('order-s');
    await page.getByRole('option', { name: /order-service/ }).waitFor();
    await keyboard.press('Enter');
    await page.getByRole('region', { name: 'Summary' }).getByText('2 of 2 pods ready').waitFor();

    await page.getByRole('button', { name: 'Expand all' }).focus();
    await keyboard.press('Enter');
    await keyboard.press('/');
    await page.getByRole('searchbox', { name: 'Search names and labels' }).and(page.locator(':focus')).waitFor();
    await keyboard.type(pod);
    await keyboard.press('Escape');
    await downTo(page, `Pod ${pod}`);
    await keyboard.press('Enter');
    await page.getByRole('heading', { name: pod, exact: true }).waitFor();
    await keyboard.press('l');
    await page.getByLabel('Log of main').getByText('a line').waitFor();
    await keyboard.press('y');
    await page.getByText(`name: ${pod}`).first().waitFor();
    await keyboard.press('Escape');
    await page.getByRole('heading', { name: pod, exact: true }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: `Pod ${pod}`, exact: true }).and(page.locator(':focus')).waitFor();

    await keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    await keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  });

  test('nothing holds the focus: it comes round', async t => {
    const page = await stage.open(t);
    await page.getByRole('region', { name: 'Summary' }).getByText('2 of 2 pods ready').waitFor();
    const seen = new Set();
    for (let i = 0; i < 200; i++) {
      await page.keyboard.press('Tab');
      const where = await page.evaluate(() => {
        const element = document.activeElement;
        if (element === document.body) return 'the end';
        document.querySelectorAll('[data-stop]').length || (window.stops = 0);
        element.dataset.stop ??= String((window.stops = (window.stops ?? 0) + 1));
        return element.dataset.stop;
      });
      if (seen.has(where)) return;
      seen.add(where);
    }
    assert.fail(`${seen.size} stops and no end`);
  });
});

async function tabTo(page, name) {
  for (let i = 0; i < 20; i++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(() => document.activeElement?.getAttribute('aria-label')) === name) return;
  }
  assert.fail(`Tab does not lead to ${name}`);
}

async function downTo(page, name) {
  for (let i = 0; i < 30; i++) {
    await page.keyboard.press('j');
    if (await page.evaluate(() => document.activeElement?.getAttribute('aria-label')) === name) return;
  }
  assert.fail(`j does not lead to ${name}`);
}
