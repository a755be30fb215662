import http from 'node:http';
import { Objects } from './objects.mjs';
import { PodLogs } from './pod-logs.mjs';
import { PodStreams } from './pod-streams.mjs';
import { Rights } from './rights.mjs';
import { badRequest, forbidden, notAllowed, notFound, Refusal, unauthorized } from './statuses.mjs';
import { ResourceTypes } from './types.mjs';

const API_PATH = /^\/(?:api|apis\/([^/]+))\/([^/]+)(?:\/namespaces\/([^/]+))?\/([^/]+)(?:\/([^/]+))?(?:\/([^/]+))?$/;
const POD_STREAMS = ['exec', 'attach'];

/** What the API server answers, and the state that it answers from. */
export class Api {
  #types;
  #rights = new Map();
  objects = new Objects();
  logs = new PodLogs();
  streams = new PodStreams(this.logs);
  resizes = [];

  constructor(customResources) {
    this.#types = new ResourceTypes(customResources);
  }

  /** The full name of a type that a test named by its plural. */
  resource(type) {
    return this.#types.resource(type);
  }

  addToken(token) {
    this.#rights.set(token, new Rights(`system:serviceaccount:backstage:portal`));
  }

  rightsOf(token) {
    const rights = this.#rights.get(token);
    if (!rights) throw new Error(`no such token: ${token}; name it in tokens of the cluster`);
    return rights;
  }

  remove(namespace, resource, name) {
    const removed = this.objects.remove(resource, namespace, name);
    if (removed && resource === 'pods') this.logs.end(namespace, name);
    return removed;
  }

  answer(request, url, response) {
    try {
      const target = this.#target(request, url);
      if (POD_STREAMS.includes(target.subresource)) throw badRequest('Upgrade request required');
      if (target.subresource === 'log') this.logs.serve(this.#single(target), url.searchParams, response);
      else sendJson(response, 200, this.#read(request.method, target, url));
    } catch (error) {
      sendFailure(response, error);
    }
  }

  /** Opens a stream to a container, or refuses to; answers with the HTTP status. */
  upgrade(request, url, socket, head) {
    try {
      const target = this.#target(request, url);
      if (!POD_STREAMS.includes(target.subresource)) throw badRequest('this is no request to upgrade');
      const pod = this.#single(target);
      const { subresource } = target;
      const onResize = size => this.resizes.push(size);
      this.streams.accept(pod, { subresource, query: url.searchParams, request, socket, head, onResize });
      return 101;
    } catch (error) {
      const response = new http.ServerResponse(request);
      response.assignSocket(socket);
      response.on('finish', () => socket.end());
      response.setHeader('connection', 'close');
      sendFailure(response, error);
      return response.statusCode;
    }
  }

  /** What the request is about, once it is known that the caller may do it. */
  #target(request, url) {
    const caller = this.#caller(request);
    const [, group = '', version, namespace, plural, name, subresource] = API_PATH.exec(url.pathname)?.map(decoded) ?? [];
    const type = plural && this.#types.served(group, version, plural);
    if (!type || (type.kind === 'PodMetrics' && !this.objects.has(type.resource))) throw new PageNotFound();
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
    const object = this.objects.get(type.resource, namespace, name);
    if (!object) throw notFound(type, name);
    return object;
  }

  #list(type, namespace, selectors) {
    const { metadata, items } = this.objects.list(type.resource, namespace, selectors);
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
