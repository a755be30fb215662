// Calls Backstage's client, as a portal's front end does: node backstage-client.mjs FILE_OF_THE_CLIENT BACKEND
// Each line of the input is a call as JSON, and gives a line of the output:
//   { method, argument, portalToken: who is signed in, clusterTokens: what the auth providers give }
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const [file, backend] = process.argv.slice(2);
const { KubernetesBackendClient } = await import(pathToFileURL(file));

async function call({ method, argument, portalToken, clusterTokens }) {
  const client = new KubernetesBackendClient({
    discoveryApi: { getBaseUrl: async plugin => new URL(`/api/${plugin}`, backend).href },
    fetchApi: {
      fetch: (url, init) =>
        fetch(url, { ...init, headers: { ...init?.headers, Authorization: `Bearer ${portalToken}` } }),
    },
    kubernetesAuthProvidersApi: { getCredentials: async provider => ({ token: clusterTokens[provider] }) },
  });
  try {
    const result = await client[method](argument);
    return result instanceof Response
      ? { status: result.status, type: result.headers.get('content-type'), body: await result.json() }
      : result;
  } catch (e) {
    return { thrown: e.name, message: e.message };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await call(JSON.parse(line))));
}
