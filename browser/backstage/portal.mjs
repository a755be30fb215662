// Serves the built app, the entities of its catalog, and a backend's Kubernetes API at the same address.
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const DIST = fileURLToPath(new URL('dist', import.meta.url));
const CONTENT_TYPES = { '.css': 'text/css', '.html': 'text/html', '.js': 'text/javascript', '.svg': 'image/svg+xml' };

/** `backend` is the URL of the backend, `entities` what the catalog holds, `config` further keys of the app-config. */
export async function startPortal({ backend, entities, config = {} }) {
  const portal = new Portal(new URL(backend), entities, config);
  await portal.start();
  return portal;
}

class Portal {
  #backend;
  #entities;
  #config;
  #server;
  #sockets = new Set();

  constructor(backend, entities, config) {
    this.#backend = backend;
    this.#entities = entities;
    this.#config = config;
  }

  async start() {
    this.#server = http.createServer((request, response) => {
      this.#serve(request, response).catch(error => response.writeHead(500).end(error.stack));
    });
    this.#server.on('upgrade', (request, socket, head) => this.#forwardUpgrade(request, socket, head));
    this.#server.on('connection', socket => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
    await new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(0, '127.0.0.1', resolve);
    });
    this.url = `http://127.0.0.1:${this.#server.address().port}`;
  }

  /** The address of the Kubernetes tab of an entity. */
  kubernetesTab({ kind, metadata }) {
    return `${this.url}/catalog/${metadata.namespace ?? 'default'}/${kind.toLowerCase()}/${metadata.name}/kubernetes`;
  }

  async stop() {
    const closed = new Promise(resolve => this.#server.close(resolve));
    this.#sockets.forEach(socket => socket.destroy());
    await closed;
  }

  async #serve(request, response) {
    const { pathname } = new URL(request.url, this.url);
    if (pathname.startsWith('/api/kubernetes/')) this.#forward(request, response);
    else if (pathname.startsWith('/api/catalog/')) this.#catalog(pathname, response);
    else if (pathname.startsWith('/api/')) sendJson(response, 404, { error: { name: 'NotFoundError', message: pathname } });
    else await this.#file(pathname, response);
  }

  #catalog(pathname, response) {
    const wanted = /^\/api\/catalog\/entities\/by-name\/([^/]+)\/([^/]+)\/([^/]+)$/
      .exec(pathname)
      ?.slice(1)
      .map(decodeURIComponent)
      .join('/');
    const found = this.#entities.find(
      ({ kind, metadata }) =>
        `${kind}/${metadata.namespace ?? 'default'}/${metadata.name}`.toLowerCase() === wanted?.toLowerCase(),
    );
    if (found) sendJson(response, 200, found);
    else sendJson(response, 404, { error: { name: 'NotFoundError', message: `no entity at ${pathname}` } });
  }

  /** A file of the app, or the page of the app, as every address within it is. */
  async #file(pathname, response) {
    if (!pathname.startsWith('/assets/')) {
      response.writeHead(200, { 'content-type': 'text/html' }).end(await this.#page());
      return;
    }
    const body = await readFile(join(DIST, normalize(pathname)));
    response.writeHead(200, { 'content-type': CONTENT_TYPES[extname(pathname)] ?? 'application/octet-stream' }).end(body);
  }

  async #page() {
    const page = await readFile(join(DIST, 'index.html'), 'utf8');
    const data = { app: { title: 'Portal', baseUrl: this.url }, backend: { baseUrl: this.url }, ...this.#config };
    const script = JSON.stringify([{ context: 'app-config.yaml', data }]).replaceAll('<', '\\u003c');
    return page.replace('<!-- app-config -->', `<script type="backstage.io/config">${script}</script>`);
  }

  #forward(request, response) {
    const forwarded = this.#ask(request);
    forwarded.on('response', answer => {
      response.writeHead(answer.statusCode, answer.statusMessage, answer.headers);
      answer.pipe(response);
    });
    forwarded.on('error', error => (response.headersSent ? response.destroy() : response.writeHead(502).end(error.message)));
    response.on('close', () => forwarded.destroy());
    request.pipe(forwarded);
  }

  #forwardUpgrade(request, socket, head) {
    const forwarded = this.#ask(request);
    const broken = () => socket.destroy();
    forwarded.on('error', broken);
    socket.on('error', () => forwarded.destroy());
    forwarded.on('response', answer => {
      socket.write(headOf(answer));
      answer.pipe(socket);
    });
    forwarded.on('upgrade', (answer, upstream, upstreamHead) => {
      upstream.on('error', broken);
      socket.on('error', () => upstream.destroy());
      socket.write(headOf(answer));
      socket.write(upstreamHead);
      upstream.write(head);
      socket.pipe(upstream).pipe(socket);
    });
    forwarded.end();
  }

  #ask({ method, url, headers }) {
    const { hostname, port } = this.#backend;
    return http.request({ hostname, port, method, path: url, headers });
  }
}

function sendJson(response, status, json) {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
}

function headOf({ statusCode, statusMessage, rawHeaders }) {
  const headers = [];
  for (let i = 0; i < rawHeaders.length; i += 2) headers.push(`${rawHeaders[i]}: ${rawHeaders[i + 1]}\r\n`);
  return `HTTP/1.1 ${statusCode} ${statusMessage}\r\n${headers.join('')}\r\n`;
}
