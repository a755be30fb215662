'use strict';
// Backstage's Kubernetes backend as a server of its own: node original.js MODULES SCENARIO PORT
// Clusters, service locator, auth strategies, fan-out, fetcher, connection and router are its own, from its configuration;
// what a Backstage app has around it (callers, permissions, catalog, audit) says yes at once. It ends with its input.
const fs = require('node:fs');
const path = require('node:path');

const [modules, scenarioFile, port] = process.argv.slice(2);
const load = require('node:module').createRequire(path.join(path.resolve(modules), 'package.json'));
const plugin = '@backstage/plugin-kubernetes-backend/dist/service/';
const express = load('express');
const { ConfigReader } = load('@backstage/config');
const { KubernetesClientBasedFetcher } = load(`${plugin}KubernetesFetcher.cjs.js`);
const { KubernetesConnection } = load(`${plugin}KubernetesConnection.cjs.js`);
const { KubernetesInitializer } = load(`${plugin}KubernetesInitializer.cjs.js`);
const { KubernetesRouter } = load(`${plugin}KubernetesRouter.cjs.js`);

const scenario = new Map(
  fs.readFileSync(scenarioFile, 'utf8').split('\n').filter(line => line.includes('=')).map(line => {
    const at = line.indexOf('=');
    return [line.slice(0, at), line.slice(at + 1)];
  }),
);

const config = new ConfigReader({
  kubernetes: {
    serviceLocatorMethod: { type: 'multiTenant' },
    clusterLocatorMethods: [{
      type: 'config',
      clusters: Array.from({ length: Number(scenario.get('clusters')) }, (_, i) => ({
        name: scenario.get(`cluster.${i + 1}.name`),
        url: scenario.get(`cluster.${i + 1}.url`),
        authProvider: 'serviceAccount',
        serviceAccountToken: scenario.get('token'),
        caFile: path.resolve(path.dirname(scenarioFile), scenario.get('caFile')),
      })),
    }],
  },
});

const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'order-service',
    namespace: 'default',
    annotations: {
      'backstage.io/kubernetes-namespace': scenario.get('namespaces'),
      'backstage.io/kubernetes-label-selector': scenario.get('selector'),
    },
  },
};

/** Fetches each namespace of a list, and puts the objects of a type together. */
class SeveralNamespaces extends KubernetesClientBasedFetcher {
  async fetchObjectsForService(params) {
    const names = (params.namespace ?? '').split(',').map(name => name.trim()).filter(Boolean);
    if (names.length < 2) {
      return super.fetchObjectsForService(params);
    }
    const answers = await Promise.all(
      names.map(namespace => super.fetchObjectsForService({ ...params, namespace })),
    );
    const types = new Map();
    for (const { type, resources } of answers.flatMap(answer => answer.responses)) {
      if (!types.has(type)) {
        types.set(type, []);
      }
      types.get(type).push(...resources);
    }
    return {
      errors: answers.flatMap(answer => answer.errors),
      responses: [...types].map(([type, resources]) => ({ type, resources })),
    };
  }
}

const logger = {
  debug() {},
  info: message => console.log(message),
  warn: message => console.error(message),
  error: message => console.error(message),
  child: () => logger,
};
const credentials = { principal: { type: 'user', userEntityRef: 'user:default/guest' } };
const services = {
  logger,
  config,
  auth: {
    getOwnServiceCredentials: async () => credentials,
    getPluginRequestToken: async () => ({ token: '' }),
  },
  httpAuth: { credentials: async () => credentials },
  permissions: { authorize: async asked => asked.map(() => ({ result: 'ALLOW' })) },
  catalog: {
    getEntityByRef: async ref =>
      ref.name.startsWith(entity.metadata.name)
        ? { ...entity, metadata: { ...entity.metadata, name: ref.name } }
        : undefined,
    getEntities: async () => ({ items: [] }),
  },
  auditor: { createEvent: async () => ({ success: async () => {}, fail: async () => {} }) },
  discovery: { getBaseUrl: async id => `http://127.0.0.1:${port}/api/${id}` },
};

(async () => {
  const fetcher = new SeveralNamespaces({ logger, connection: new KubernetesConnection({ logger }) });
  const { authStrategyMap, ...parts } = await KubernetesInitializer.create({
    ...services,
    fetcher: async () => fetcher,
  }).init();
  const router = await KubernetesRouter.create({
    ...services,
    ...parts,
    authStrategyMap: Object.fromEntries(authStrategyMap.entries()),
  }).getRouter();
  const app = express();
  app.get('/healthcheck', (_, response) => response.json({ status: 'ok' }));
  app.use('/api/kubernetes', router);
  app.listen(Number(port), '127.0.0.1');
  process.stdin.on('end', () => process.exit(0)).resume();
})().catch(error => {
  console.error(error);
  process.exit(1);
});
