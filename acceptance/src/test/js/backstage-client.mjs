// Calls one method of Backstage's client, as a portal's front end does, and writes what comes out as JSON:
//   node backstage-client.mjs FILE_OF_THE_CLIENT BACKEND METHOD ARGUMENT_AS_JSON
// The environment has PORTAL_TOKEN, who is signed in, and CLUSTER_TOKENS, an object of what the auth providers give.
import { pathToFileURL } from 'node:url';

const [file, backend, method, argument] = process.argv.slice(2);
const { KubernetesBackendClient } = await import(pathToFileURL(file));
const tokens = JSON.parse(process.env.CLUSTER_TOKENS);
const client = new KubernetesBackendClient({
  discoveryApi: { getBaseUrl: async plugin => new URL(`/api/${plugin}`, backend).href },
  fetchApi: {
    fetch: (url, init) =>
      fetch(url, { ...init, headers: { ...init?.headers, Authorization: `Bearer ${process.env.PORTAL_TOKEN}` } }),
  },
  kubernetesAuthProvidersApi: { getCredentials: async provider => ({ token: tokens[provider] }) },
});

let result;
try {
  result = await client[method](JSON.parse(argument));
  if (result instanceof Response) {
    result = { status: result.status, type: result.headers.get('content-type'), body: await result.json() };
  }
} catch (e) {
  result = { thrown: e.name, message: e.message };
}
console.log(JSON.stringify(result));
