// A fake Kubernetes API server; see README.md.
import http from 'node:http';
import { Objects } from './cluster/objects.mjs';
import { PodLogs } from './cluster/pod-logs.mjs';
import { PodStreams } from './cluster/pod-streams.mjs';
import { Rights } from './cluster/rights.mjs';
import { badRequest, forbidden, notAllowed, notFound, Refusal, unauthorized } from './cluster/statuses.mjs';
import { ResourceTypes } from './cluster/types.mjs';

const API_PATH = /^\/(?:api|apis\/([^/]+))\/([^/]+)(?:\/namespaces\/([^/]+))?\/([^/]+)(?:\/([^/]+))?(?:\/([^/]+))?$/;
const POD_STREAMS = ['exec', 'attach'];

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
  #types;
  #objects = new Objects();
  #rights = new Map();
  #logs = new PodLogs();
  #streams = new PodStreams(this.#logs);
  #sockets = new Set();
  #waiting = new Set();
  #server;
  #port = 0;
  #delay = 0;
  #hangs;
  #resets;

  /** What was asked: { method, path, query, headers, status }, where status is absent until it is answered. */
  requests = [];
  /** The sizes that terminals were told: { Width, Height }. */
  resizes = [];

  constructor({ objects = {}, tokens = {}, customResources = [] }) {
    this.#types = new ResourceTypes(customResources);
    for (const [namespace, types] of Object.entries(objects)) {
      for (const [type, list] of Object.entries(types)) list.forEach(object => this.put(namespace, type, object));
    }
    for (const [token, granted] of Object.entries(tokens)) {
      const entries = Array.isArray(granted) ? granted.map(namespace => [namespace, ['*']]) : Object.entries(granted);
      this.#rights.set(token, new Rights(`system:serviceaccount:backstage:portal`));
      entries.forEach(([namespace, resources]) => this.grant(token, namespace, resources));
    }
  }

  get url() {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** How many exec and attach streams are open. */
  get terminals() {
    return this.#streams.open;
  }

  put(namespace, type, object) {
    this.#objects.put(this.#types.resource(type), namespace, object);
  }

  remove(namespace, type, name) {
    const resource = this.#types.resource(type);
    const removed = this.#objects.remove(resource, namespace, name);
    if (removed && resource === 'pods') this.#logs.end(namespace, name);
    return removed;
  }

  get(namespace, type, name) {
    return this.#objects.get(this.#types.resource(type), namespace, name);
  }

  grant(token, namespace, resources = ['*']) {
    this.#rightsOf(token).grant(namespace, resources);
  }

  revoke(token, namespace, resources = ['*']) {
    this.#rightsOf(token).revoke(namespace, resources);
  }

  /** A line of a container's log; with `previous`, of the container before its restart. */
  say(namespace, pod, container, line, options) {
    this.#logs.say(namespace, pod, container, line, options);
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
    this.#streams.breakOff();
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
    const server = http.createServer((request, response) => this.#later(request, () => this.#answer(request, response)));
    server.on('upgrade', (request, socket, head) => this.#later(request, () => this.#upgrade(request, socket, head)));
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

  #rightsOf(token) {
    const rights = this.#rights.get(token);
    if (!rights) throw new Error(`no such token: ${token}; name it in tokens of the cluster`);
    return rights;
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
    try {
      const target = this.#target(request, url);
      if (POD_STREAMS.includes(target.subresource)) throw badRequest('Upgrade request required');
      if (target.subresource === 'log') this.#logs.serve(this.#single(target), url.searchParams, response);
      else sendJson(response, 200, this.#read(request.method, target, url));
    } catch (error) {
      sendFailure(response, error);
    }
  }

  #upgrade(request, socket, head) {
    const { url, entry } = this.#record(request);
    try {
      const target = this.#target(request, url);
      if (!POD_STREAMS.includes(target.subresource)) throw badRequest('this is no request to upgrade');
      const pod = this.#single(target);
      const { subresource } = target;
      const onResize = size => this.resizes.push(size);
      this.#streams.accept(pod, { subresource, query: url.searchParams, request, socket, head, onResize });
      entry.status = 101;
    } catch (error) {
      const response = new http.ServerResponse(request);
      response.assignSocket(socket);
      response.on('finish', () => socket.end());
      response.setHeader('connection', 'close');
      sendFailure(response, error);
      entry.status = response.statusCode;
    }
  }

  #record(request) {
    const url = new URL(request.url, this.url);
    const { method, headers } = request;
    const entry = { method, path: url.pathname, query: Object.fromEntries(url.searchParams), headers };
    this.requests.push(entry);
    return { url, entry };
  }

  /** What the request is about, once it is known that the caller may do it. */
  #target(request, url) {
    const caller = this.#caller(request);
    const [, group = '', version, namespace, plural, name, subresource] = API_PATH.exec(url.pathname)?.map(decoded) ?? [];
    const type = plural && this.#types.served(group, version, plural);
    if (!type || (type.kind === 'PodMetrics' && !this.#objects.has(type.resource))) throw new PageNotFound();
    const verb = verbOf(request.method, name);
    const resource = subresource ? `${type.resource}/${subresource}` : type.resource;
    if (!caller.may(verb, resource, namespace)) throw forbidden(caller.user, verb, { type, namespace, name, subresource });
    if (url.searchParams.get('watch') === 'true') throw badRequest('this cluster serves no watches');
    return { type, namespace: namespace ?? '', name, subresource };
  }

  #caller(request) {
    const authorization = request.headers.authorization;
    if (!authorization) return new Rights('system:anonymous');
    const rights = this.#rights.get(authorization.replace(/^Bearer /, ''));
    if (!rights) throw unauthorized();
    return rights;
  }

  #read(method, target, url) {
    const { type, namespace, name } = target;
    if (method === 'GET' && name) return withKind(type, this.#single(target));
    if (method === 'GET') return this.#list(type, namespace, Object.fromEntries(url.searchParams));
    if (method !== 'DELETE' || type.resource !== 'pods' || !name) throw notAllowed();
    const pod = this.#single(target);
    this.remove(namespace, 'pods', name);
    const metadata = { ...pod.metadata, deletionTimestamp: new Date().toISOString(), deletionGracePeriodSeconds: 30 };
    return withKind(type, { ...pod, metadata });
  }

  #single({ type, namespace, name }) {
    const object = this.#objects.get(type.resource, namespace, name);
    if (!object) throw notFound(type, name);
    return object;
  }

  #list(type, namespace, selectors) {
    const { metadata, items } = this.#objects.list(type.resource, namespace, selectors);
    // As in the real API, items of built-in lists have neither kind nor apiVersion.
    const shown = type.custom ? items.map(item => withKind(type, item)) : items.map(withoutKind);
    return { kind: `${type.kind}List`, apiVersion: type.apiVersion, metadata, items: shown };
  }
}

class PageNotFound extends Error {}

const decoded = part => part && decodeURIComponent(part);

const withoutKind = ({ kind, apiVersion, ...rest }) => rest;

const withKind = (type, object) => ({ kind: type.kind, apiVersion: type.apiVersion, ...withoutKind(object) });

function verbOf(method, name) {
  if (method === 'GET') return name ? 'get' : 'list';
  if (method === 'DELETE') return name ? 'delete' : 'deletecollection';
  return { POST: 'create', PUT: 'update', PATCH: 'patch' }[method] ?? method.toLowerCase();
}

function sendJson(response, code, json) {
  response.writeHead(code, { 'content-type': 'application/json' });
  response.end(JSON.stringify(json));
}

function sendFailure(response, error) {
  if (error instanceof Refusal) sendJson(response, error.code, error.status);
  else if (error instanceof PageNotFound) response.writeHead(404, { 'content-type': 'text/plain' }).end('404 page not found\n');
  else response.writeHead(500, { 'content-type': 'text/plain' }).end(`the fake cluster failed: ${error.stack}\n`);
}
