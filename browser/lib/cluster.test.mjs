import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, beforeEach, describe, test } from 'node:test';
import WebSocket from 'ws';
import { startCluster } from './cluster.mjs';

const POD = {
  metadata: { name: 'order-1', labels: { app: 'order', tier: 'web' } },
  spec: { containers: [{ name: 'main', env: [{ name: 'STAGE', value: 'dev' }] }, { name: 'sidecar' }] },
};
const PODS = '/api/v1/namespaces/dev/pods';

describe('the fake cluster', () => {
  let cluster;

  before(async () => {
    cluster = await startCluster({
      objects: { dev: { pods: [POD, { metadata: { name: 'stranger' }, spec: { containers: [{ name: 'main' }] } }] } },
      tokens: { reader: ['dev'], clerk: { dev: ['pods'] } },
    });
  });

  after(() => cluster.stop());

  beforeEach(() => (cluster.requests.length = 0));

  const ask = (path, { token = 'reader', ...init } = {}) =>
    fetch(`${cluster.url}${path}`, { ...init, headers: token ? { authorization: `Bearer ${token}` } : {} });

  const names = async path => (await (await ask(path)).json()).items.map(item => item.metadata.name);

  test('lists as the API server does, with the kind at the list only', async () => {
    const list = await (await ask(PODS)).json();
    assert.equal(list.kind, 'PodList');
    assert.equal(list.apiVersion, 'v1');
    assert.match(list.metadata.resourceVersion, /^\d+$/);
    assert.equal(list.items[0].kind, undefined);
    assert.equal(list.items[0].metadata.namespace, 'dev');
  });

  for (const [selector, wanted] of [
    ['app=order', ['order-1']],
    ['app in (order, other),tier', ['order-1']],
    ['app notin (order)', ['stranger']],
    ['!app', ['stranger']],
    ['app!=order', ['stranger']],
  ]) {
    test(`selects by label: ${selector}`, async () => {
      assert.deepEqual(await names(`${PODS}?labelSelector=${encodeURIComponent(selector)}`), wanted);
    });
  }

  test('selects events by the object that they are about', async () => {
    const event = (name, about) => ({ metadata: { name }, involvedObject: { name: about } });
    cluster.put('dev', 'events', event('one', 'order-1'));
    cluster.put('dev', 'events', event('two', 'stranger'));
    assert.deepEqual(await names('/api/v1/namespaces/dev/events?fieldSelector=involvedObject.name%3Dstranger'), ['two']);
  });

  test('forbids in the words of the API server, until the right is granted', async () => {
    const deployments = '/apis/apps/v1/namespaces/dev/deployments';
    const refused = await ask(deployments, { token: 'clerk' });
    assert.equal(refused.status, 403);
    assert.equal(
      (await refused.json()).message,
      'deployments.apps is forbidden: User "system:serviceaccount:backstage:portal" cannot list resource "deployments" in API group "apps" in the namespace "dev"',
    );
    cluster.grant('clerk', 'dev', ['deployments.apps']);
    assert.equal((await ask(deployments, { token: 'clerk' })).status, 200);
    cluster.revoke('clerk', 'dev', ['deployments.apps']);
    assert.equal((await ask(deployments, { token: 'clerk' })).status, 403);
  });

  test('takes one verb of a token that may do everything', async () => {
    cluster.revoke('reader', 'dev', ['delete pods']);
    assert.equal((await ask(`${PODS}/order-1`, { method: 'DELETE' })).status, 403);
    assert.equal((await ask(`${PODS}/order-1`)).status, 200);
    cluster.grant('reader', 'dev', ['delete pods']);
  });

  test('tells unknown tokens from none', async () => {
    assert.equal((await ask(PODS, { token: 'unknown' })).status, 401);
    assert.match((await (await ask(PODS, { token: '' })).json()).message, /User "system:anonymous" cannot list/);
  });

  test('has no metrics server until there are metrics', async () => {
    const metrics = '/apis/metrics.k8s.io/v1beta1/namespaces/dev/pods';
    assert.equal((await ask(metrics)).status, 404);
    cluster.put('dev', 'pods.metrics.k8s.io', { metadata: { name: 'order-1' }, containers: [] });
    assert.deepEqual(await names(metrics), ['order-1']);
  });

  test('deletes a pod', async () => {
    cluster.put('dev', 'pods', { metadata: { name: 'victim' } });
    const answer = await (await ask(`${PODS}/victim`, { method: 'DELETE' })).json();
    assert.ok(answer.metadata.deletionTimestamp);
    assert.equal((await ask(`${PODS}/victim`)).status, 404);
  });

  test('gives the end of a log, and what is said while it is followed', async () => {
    ['one', 'two', 'three'].forEach(line => cluster.say('dev', 'order-1', 'main', line));
    const log = `${PODS}/order-1/log?container=main`;
    assert.equal(await (await ask(`${log}&tailLines=2`)).text(), 'two\nthree\n');
    assert.match(await (await ask(`${log}&tailLines=1&timestamps=true`)).text(), /^\d{4}-\S+Z three\n$/);
    const followed = await ask(`${log}&follow=true&tailLines=1`);
    const chunks = followed.body.pipeThrough(new TextDecoderStream())[Symbol.asyncIterator]();
    assert.equal((await chunks.next()).value, 'three\n');
    cluster.say('dev', 'order-1', 'main', 'four');
    assert.equal((await chunks.next()).value, 'four\n');
    await chunks.return();
  });

  test('needs to know which container, and has no previous one unless told', async () => {
    const log = `${PODS}/order-1/log`;
    assert.match((await (await ask(log)).json()).message, /choose one of: \[main sidecar\]/);
    assert.equal((await ask(`${log}?container=main&previous=`)).status, 400);
    cluster.say('dev', 'order-1', 'main', 'it broke', { previous: true });
    assert.equal(await (await ask(`${log}?container=main&previous=`)).text(), 'it broke\n');
  });

  for (const [protocol, exitCode] of [
    ['channel.k8s.io', /^command terminated .* 3$/],
    ['v4.channel.k8s.io', /"reason":"ExitCode","message":"3"/],
    ['v5.channel.k8s.io', /"reason":"ExitCode","message":"3"/],
  ]) {
    test(`runs a shell over ${protocol}`, async () => {
      const query = 'container=main&stdin=true&stdout=true&tty=true&command=/bin/sh';
      const headers = { authorization: 'Bearer reader' };
      const socket = new WebSocket(`${cluster.url.replace('http', 'ws')}${PODS}/order-1/exec?${query}`, protocol, { headers });
      const heard = { 1: '', 3: '' };
      socket.on('message', data => (heard[data[0]] += data.subarray(1)));
      await once(socket, 'open');
      assert.equal(socket.protocol, protocol);
      socket.send(Buffer.from('\x04{"Width":80,"Height":24}'));
      socket.send(Buffer.from('\x00printenv STAGE\r'));
      socket.send(Buffer.from('\x00exit 3\r'));
      await once(socket, 'close');
      assert.equal(heard[1], '$ printenv STAGE\r\ndev\r\n$ exit 3\r\n');
      assert.match(heard[3], exitCode);
      assert.deepEqual(cluster.resizes.at(-1), { Width: 80, Height: 24 });
    });
  }

  test('refuses a terminal to those who may not exec', async () => {
    const headers = { authorization: 'Bearer clerk' };
    const query = 'container=main&command=sh';
    const socket = new WebSocket(`${cluster.url.replace('http', 'ws')}${PODS}/order-1/exec?${query}`, 'v4.channel.k8s.io', {
      headers,
    });
    const [, response] = await once(socket, 'unexpected-response');
    assert.equal(response.statusCode, 403);
    response.destroy();
  });

  test('shows those who attach what the container says', async () => {
    const headers = { authorization: 'Bearer reader' };
    const socket = new WebSocket(
      `${cluster.url.replace('http', 'ws')}${PODS}/order-1/attach?container=main`,
      'v4.channel.k8s.io',
      { headers },
    );
    await once(socket, 'open');
    cluster.say('dev', 'order-1', 'main', 'hello');
    const [data] = await once(socket, 'message');
    assert.equal(data.toString(), '\x01hello\n');
    socket.close();
    await once(socket, 'close');
  });

  test('records what it was asked and what it answered', async () => {
    await (await ask(`${PODS}?labelSelector=app`)).text();
    const [{ method, path, query, status, headers }] = cluster.requests;
    assert.deepEqual(
      { method, path, query, status },
      { method: 'GET', path: PODS, query: { labelSelector: 'app' }, status: 200 },
    );
    assert.equal(headers.authorization, 'Bearer reader');
  });

  test('dies, and recovers at the same address', async () => {
    await cluster.die();
    await assert.rejects(ask(PODS));
    await cluster.recover();
    assert.equal((await ask(PODS)).status, 200);
  });

  test('breaks the connections of some requests', async () => {
    cluster.reset(/deployments/);
    await assert.rejects(ask('/apis/apps/v1/namespaces/dev/deployments'));
    assert.equal((await ask(PODS)).status, 200);
    await cluster.recover();
  });

  test('answers late', async () => {
    cluster.slow(400);
    const asked = Date.now();
    assert.equal((await ask(PODS)).status, 200);
    assert.ok(Date.now() - asked >= 390);
    await cluster.recover();
  });

  test('hangs, and answers again once it has recovered', async () => {
    cluster.hang();
    await assert.rejects(ask(PODS, { signal: AbortSignal.timeout(300) }), { name: 'TimeoutError' });
    assert.deepEqual(
      cluster.requests.map(request => [request.path, request.status]),
      [[PODS, undefined]],
    );
    await cluster.recover();
    assert.equal((await ask(PODS)).status, 200);
  });
});
