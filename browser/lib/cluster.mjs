// A fake Kubernetes API server; see README.md.
import http from 'node:http';
import { Api } from './cluster/api.mjs';

/**
 * Starts a cluster.
 *
 * - `objects`: { namespace: { type: [object, …] } }; the namespace of what has none is ''
 * - `tokens`: { token: [namespace, …] } or { token: { namespace: [resource, …] } }
 * - `customResources`: [{ group, version, plural, kind }]
 */
export async function startCluster(options = {}) {
  const cluster = new FakeCluster(options);
  await cluster.recover();
  return cluster;
}

class FakeCluster {
  #api;
  #server;
  #port = 0;
  #sockets = new Set();
  #waiting = new Set();
  #delay = 0;
  #hangs;
  #resets;

  /** What was asked: { method, path, query, headers, status }, where status is absent until it is answered. */
  requests = [];

  constructor({ objects = {}, tokens = {}, customResources = [] }) {
    this.#api = new Api(customResources);
    for (const [namespace, types] of Object.entries(objects)) {
      for (const [type, list] of Object.entries(types)) list.forEach(object => this.put(namespace, type, object));
    }
    for (const [token, granted] of Object.entries(tokens)) {
      const entries = Array.isArray(granted) ? granted.map(namespace => [namespace, ['*']]) : Object.entries(granted);
      this.#api.addToken(token);
      entries.forEach(([namespace, resources]) => this.grant(token, namespace, resources));
    }
  }

  get url() {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** How many exec and attach streams are open. */
  get terminals() {
    return this.#api.streams.open;
  }

  /** The sizes that terminals were told: { Width, Height }. */
  get resizes() {
    return this.#api.resizes;
  }

  put(namespace, type, object) {
    this.#api.objects.put(this.#api.resource(type), namespace, object);
  }

  remove(namespace, type, name) {
    return this.#api.remove(namespace, this.#api.resource(type), name);
  }

  get(namespace, type, name) {
    return this.#api.objects.get(this.#api.resource(type), namespace, name);
  }

  grant(token, namespace, resources = ['*']) {
    this.#api.rightsOf(token).grant(namespace, resources);
  }

  revoke(token, namespace, resources = ['*']) {
    this.#api.rightsOf(token).revoke(namespace, resources);
  }

  /** A line of a container's log; with `previous`, of the container before its restart. */
  say(namespace, pod, container, line, options) {
    this.#api.logs.say(namespace, pod, container, line, options);
  }

  /** Lets every answer wait that long. */
  slow(milliseconds) {
    this.#delay = milliseconds;
  }

  /** Takes requests and never answers them; only those for paths that fit, if a pattern is given. */
  hang(pattern = /^/) {
    this.#hangs = pattern;
  }

  /** Breaks the connection of requests for paths that fit. */
  reset(pattern) {
    this.#resets = pattern;
  }

  /** Refuses connections, and breaks those that are open. */
  async die() {
    const server = this.#server;
    if (!server) return;
    this.#server = undefined;
    this.#waiting.forEach(clearTimeout);
    this.#waiting.clear();
    this.#api.streams.breakOff();
    const closed = new Promise(resolve => server.close(resolve));
    this.#sockets.forEach(socket => socket.destroy());
    await closed;
  }

  /** Works again, at the same address, after `slow`, `hang`, `reset` or `die`. */
  async recover() {
    this.#delay = 0;
    this.#hangs = undefined;
    this.#resets = undefined;
    if (this.#server) return;
    const server = http.createServer((request, response) => this.#answer(request, response));
    server.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
    server.on('connection', socket => {
      this.#sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => this.#sockets.delete(socket));
    });
    await new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.#port, '127.0.0.1', resolve);
    });
    this.#server = server;
    this.#port = server.address().port;
  }

  async stop() {
    await this.die();
  }

  #later(request, work) {
    if (this.#hangs?.test(request.url)) return;
    if (this.#resets?.test(request.url)) {
      request.socket.destroy();
      return;
    }
    if (this.#delay === 0) {
      work();
      return;
    }
    const timer = setTimeout(() => {
      this.#waiting.delete(timer);
      work();
    }, this.#delay);
    this.#waiting.add(timer);
  }

  #answer(request, response) {
    const { url, entry } = this.#record(request);
    response.on('finish', () => (entry.status = response.statusCode));
    request.resume();
    this.#later(request, () => this.#api.answer(request, url, response));
  }

  #upgrade(request, socket, head) {
    const { url, entry } = this.#record(request);
    this.#later(request, () => {
      entry.status = this.#api.upgrade(request, url, socket, head);
    });
  }

  #record(request) {
    const url = new URL(request.url, this.url);
    const { method, headers } = request;
    const entry = { method, path: url.pathname, query: Object.fromEntries(url.searchParams), headers };
    this.requests.push(entry);
    return { url, entry };
  }
}
