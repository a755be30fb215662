import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startBackend } from './backend.mjs';

const config = clusters => ({
  backend: { auth: { dangerouslyDisableDefaultAuthPolicy: true } },
  kubernetes: { clusterLocatorMethods: [{ type: 'config', clusters }] },
});

describe('the backend of a test', () => {
  test('is ready when it is given, and ends when it is told to', async () => {
    const clusters = [{ name: 'east', url: 'http://127.0.0.1:1', authProvider: 'serviceAccount', serviceAccountToken: 'token' }];
    const backend = await startBackend({ config: config(clusters), catalog: [] });
    const { items } = await (await fetch(`${backend.url}/api/kubernetes/clusters`)).json();
    assert.deepEqual(
      items.map(cluster => cluster.name),
      ['east'],
    );
    await backend.stop();
    await assert.rejects(fetch(backend.url));
  });

  test('tells why it does not start', async () => {
    const clusters = [{ name: 'east', authProvider: 'serviceAccount' }];
    await assert.rejects(startBackend({ config: config(clusters), catalog: [] }), /the backend ended with 2:[^]*url/);
  });
});
