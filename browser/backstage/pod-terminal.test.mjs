import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startCluster } from '../lib/cluster.mjs';
import { stopAll } from '../lib/stop-all.mjs';
import { eventually } from '../lib/eventually.mjs';
import { openKubernetesTab, terminalLines } from './kubernetes-tab.mjs';
import { orderService, podsOf, workload } from '../lib/shop.mjs';
import { startStage } from './stage.mjs';

const [POD] = podsOf('shop-prod');

describe('the terminal of a container, with one cluster', () => {
  const entity = orderService('shop-dev, shop-prod');
  let cluster, stage;

  before(async () => {
    const objects = { 'shop-dev': workload('shop-dev'), 'shop-prod': workload('shop-prod') };
    cluster = await startCluster({ objects, tokens: { reader: ['shop-dev', 'shop-prod'] } });
    stage = await startStage({ clusters: { Only: cluster }, entities: [entity] });
  });

  after(() => stopAll(cluster, stage));

  const openTerminal = async (t, options) => {
    const tab = await openKubernetesTab(t, stage, entity, options);
    await tab.expandDeployment('Only', 'shop-prod');
    await tab.openPod(POD);
    const dialog = await tab.openDialog('open terminal');
    const shows = async lines =>
      eventually(
        () => terminalLines(dialog),
        seen => assert.deepEqual(seen, lines),
      );
    return { dialog, shows, type: text => dialog.locator('.xterm-helper-textarea').pressSequentially(text), tab };
  };

  test('runs commands in the container', async t => {
    const { dialog, shows, type } = await openTerminal(t);
    await dialog.getByText(`${POD} - main terminal shell on cluster Only`).waitFor();
    await shows(['$']);
    await type('printenv STAGE\n');
    await shows(['$ printenv STAGE', 'shop-prod', '$']);
    await type('echo Grüße aus dem Pod\n');
    await shows(['$ printenv STAGE', 'shop-prod', '$ echo Grüße aus dem Pod', 'Grüße aus dem Pod', '$']);
  });

  test('goes on while the tab refreshes', async t => {
    const { shows, type, tab } = await openTerminal(t);
    await shows(['$']);
    await tab.refresh();
    await type('hostname\n');
    await shows(['$ hostname', POD, '$']);
  });

  test('ends with the shell', async t => {
    const { dialog, shows, type } = await openTerminal(t);
    await shows(['$']);
    await type('exit\n');
    await eventually(
      () => terminalLines(dialog),
      lines => assert.equal(lines.at(-1), 'Socket connection closed'),
    );
  });

  test('ends the shell when it is closed', async t => {
    const { dialog, shows } = await openTerminal(t);
    await shows(['$']);
    await eventually(
      async () => cluster.terminals,
      open => assert.equal(open, 1),
    );
    await dialog.getByRole('button', { name: 'close' }).click();
    await eventually(
      async () => cluster.terminals,
      open => assert.equal(open, 0),
    );
  });

  test('is refused to those who may not exec', async t => {
    cluster.revoke('reader', 'shop-prod', ['pods/exec']);
    t.after(() => cluster.grant('reader', 'shop-prod', ['pods/exec']));
    const { dialog } = await openTerminal(t, { expectedErrors: [/WebSocket connection to .* failed/] });
    await eventually(
      () => terminalLines(dialog),
      lines => assert.equal(lines.at(-1), 'Socket connection closed'),
    );
  });
});
