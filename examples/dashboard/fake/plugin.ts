import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Connect, Plugin } from 'vite';
import * as make from './objects.ts';
import { CLUSTERS, ENTITIES, lookUp } from './world.ts';

/** The policy that the backend serves the page with; previews have it, too, so that what breaks it is seen. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Set to ask callers for this token, as backend.auth.externalAccess does. */
const token = process.env.FAKE_TOKEN;

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const part of request) {
    body += String(part);
  }
  return body;
}

function sendLog(response: ServerResponse, query: URLSearchParams): void {
  response.writeHead(200, { 'Content-Type': 'text/plain' });
  const levels = ['INFO', 'INFO', 'DEBUG', 'WARN', 'ERROR'];
  let number = 0;
  const line = () => {
    const level = levels[number % levels.length];
    return `${new Date().toISOString()} \u001b[32m${level}\u001b[0m order ${1000 + number++} went from “paid” to “sent” in ${(number * 37) % 400} ms\n`;
  };
  response.write(Array.from({ length: Number(query.get('tailLines') ?? 0) }, line).join(''));
  if (query.get('follow') !== 'true') {
    response.end();
    return;
  }
  const timer = setInterval(() => response.write(line()), 300);
  response.on('close', () => clearInterval(timer));
}

function proxy(request: IncomingMessage, url: URL, response: ServerResponse): void {
  if (request.headers['backstage-kubernetes-cluster'] === 'prod-us') {
    send(response, 403, {
      kind: 'Status',
      reason: 'Forbidden',
      code: 403,
      message:
        'events is forbidden: User "system:serviceaccount:backstage-ns:backstage-sa" cannot list resource "events" in API group "" in the namespace "shop"',
    });
  } else if (url.pathname.endsWith('/log')) {
    sendLog(response, url.searchParams);
  } else {
    const now = Date.now();
    send(response, 200, {
      items: [
        {
          metadata: { uid: '1' },
          type: 'Warning',
          reason: 'BackOff',
          message: 'Back-off restarting failed container app in pod',
          count: 212,
          lastTimestamp: make.ago(now, 1),
          source: { component: 'kubelet' },
        },
        {
          metadata: { uid: '2' },
          type: 'Normal',
          reason: 'Pulled',
          message:
            'Container image "registry.example.com/shop/order-service:1.4.2" already present on machine',
          count: 15,
          lastTimestamp: make.ago(now, 4),
          source: { component: 'kubelet' },
        },
      ],
    });
  }
}

async function answer(request: IncomingMessage, url: URL, response: ServerResponse): Promise<void> {
  const path = url.pathname.replace('/api/kubernetes', '');
  if (token !== undefined && request.headers.authorization !== `Bearer ${token}`) {
    const message =
      request.headers.authorization === undefined ? 'Missing credentials' : 'Illegal token';
    send(response, 401, { error: { name: 'AuthenticationError', message } });
  } else if (path === '/clusters') {
    send(response, 200, { items: CLUSTERS });
  } else if (path === '/followspot/entities') {
    const kind = (url.searchParams.get('kind') ?? 'Component').toLowerCase();
    send(response, 200, { items: ENTITIES.filter((one) => one.kind.toLowerCase() === kind) });
  } else if (path === '/followspot/lookup') {
    const { entityRef } = JSON.parse(await bodyOf(request)) as { entityRef: string };
    const found = lookUp(entityRef, Date.now());
    if (found === undefined) {
      send(response, 404, {
        error: { name: 'NotFoundError', message: `There is no entity ${entityRef}` },
      });
    } else {
      send(response, 200, found);
    }
  } else if (path.startsWith('/proxy/')) {
    proxy(request, url, response);
  } else {
    response.writeHead(404).end();
  }
}

const middleware: Connect.NextHandleFunction = (request, response, next) => {
  const url = new URL(request.url ?? '/', 'http://fake');
  if (url.pathname.startsWith('/api/kubernetes/')) {
    answer(request, url, response).catch(next);
  } else {
    next();
  }
};

/** Answers as a backend with a few clusters does, to develop against and to look at. */
export function fakeBackend(): Plugin {
  return {
    name: 'fake-backend',
    configureServer(server) {
      server.middlewares.use(middleware);
    },
    configurePreviewServer(server) {
      server.middlewares.use((_, response, next) => {
        response.setHeader('Content-Security-Policy', POLICY);
        next();
      });
      server.middlewares.use(middleware);
    },
  };
}
