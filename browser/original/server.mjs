// Runs the original backend: node server.mjs <app-config.json> <entities.json>
// It is given what a Backstage without permissions and sign-in gives its plugins.
import { readFileSync } from 'node:fs';
import { ConfigReader } from '@backstage/config';
import plugin from '@backstage/plugin-kubernetes-backend';
import express from 'express';

const [config, entities] = process.argv.slice(2).map(file => JSON.parse(readFileSync(file, 'utf8')));

const CREDENTIALS = { $$type: '@backstage/BackstageCredentials', principal: { type: 'none' } };
const STATUSES = { InputError: 400, AuthenticationError: 401, NotAllowedError: 403, NotFoundError: 404 };

const line = level => (message, meta) => console.error(`${level} ${message}${meta?.stack ? ` ${meta.stack}` : ''}`);
const logger = { debug() {}, info: line('INFO'), warn: line('WARN'), error: line('ERROR'), child: () => logger };

const router = express.Router();

const services = {
  http: { use: handler => router.use(handler) },
  logger,
  config: new ConfigReader(config),
  discovery: { getBaseUrl: async () => '/api/kubernetes' },
  catalog: {
    getEntityByRef: async ({ kind, namespace, name }) =>
      entities.find(
        entity =>
          [entity.kind, entity.metadata.namespace ?? 'default', entity.metadata.name].join('/').toLowerCase() ===
          [kind, namespace, name].join('/').toLowerCase(),
      ),
  },
  permissions: { authorize: async requests => requests.map(() => ({ result: 'ALLOW' })) },
  permissionsRegistry: { addPermissions() {} },
  auth: { getOwnServiceCredentials: async () => CREDENTIALS },
  httpAuth: { credentials: async () => CREDENTIALS },
  auditor: { createEvent: async () => ({ success: async () => {}, fail: async () => {} }) },
  actionsRegistry: { register() {} },
};

const [{ init }] = (plugin.default ?? plugin).getRegistrations();
await init.func(services);

router.use((error, request, response, next) => {
  if (response.headersSent) {
    next(error);
    return;
  }
  const statusCode = STATUSES[error.name] ?? 500;
  response.status(statusCode).json({
    error: { name: error.name, message: error.message },
    request: { method: request.method, url: request.url },
    response: { statusCode },
  });
});

const app = express();
app.use('/api/kubernetes', router);

const server = app.listen(0, '127.0.0.1', () => console.error(`listening on http://127.0.0.1:${server.address().port}`));
