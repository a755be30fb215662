import { tokens } from './tokens';
import type { Cluster } from './types';

/** A token that clusters ask the user for. */
export interface AuthNeed {
  /** The name among the tokens: `google`, `aks`, `oidc.<provider>`. */
  name: string;
  label: string;
  clusters: string[];
}

const LABELS: Record<string, string> = { google: 'Google', aks: 'Azure (AKS)' };

/** The name of the token that a cluster takes, or undefined if it asks for none. */
function tokenNameOf(cluster: Cluster): string | undefined {
  switch (cluster.authProvider) {
    case 'google':
    case 'aks':
      return cluster.authProvider;
    case 'oidc':
      return `oidc.${cluster.oidcTokenProvider ?? ''}`;
    default:
      return undefined;
  }
}

/** Names of the clusters that a token of the user would help with. */
export function clustersThatAsk(clusters: readonly Cluster[]): Set<string> {
  return new Set(clusters.filter((one) => tokenNameOf(one) !== undefined).map(({ name }) => name));
}

export function authNeeds(clusters: readonly Cluster[]): AuthNeed[] {
  const needs = new Map<string, AuthNeed>();
  for (const cluster of clusters) {
    const name = tokenNameOf(cluster);
    if (name === undefined) {
      continue;
    }
    const label = LABELS[name] ?? `OIDC (${cluster.oidcTokenProvider ?? 'no provider'})`;
    const need = needs.get(name) ?? { name, label, clusters: [] };
    need.clusters.push(cluster.title ?? cluster.name);
    needs.set(name, need);
  }
  return [...needs.values()];
}

/** `auth` of a look-up. */
export function requestAuth(clusters: readonly Cluster[]): Record<string, unknown> {
  const auth: Record<string, unknown> = {};
  const oidc: Record<string, string> = {};
  for (const { name } of authNeeds(clusters)) {
    const token = tokens.get(name);
    if (token === undefined) {
      continue;
    }
    if (name.startsWith('oidc.')) {
      oidc[name.slice('oidc.'.length)] = token;
    } else {
      auth[name] = token;
    }
  }
  if (Object.keys(oidc).length > 0) {
    auth.oidc = oidc;
  }
  return auth;
}

/** Headers have a dash where names of tokens have the dot after `oidc`; the provider's own name stays as it is. */
function headerOf(name: string): string {
  return `Backstage-Kubernetes-Authorization-${name.replace(/^oidc\./, 'oidc-')}`;
}

/** The headers that the proxy wants: the cluster, and the user's token for it. */
export function proxyHeaders(cluster: Cluster): Record<string, string> {
  const headers: Record<string, string> = { 'Backstage-Kubernetes-Cluster': cluster.name };
  const name = tokenNameOf(cluster);
  const token = name === undefined ? undefined : tokens.get(name);
  if (name !== undefined && token !== undefined) {
    headers[headerOf(name)] = token;
  }
  return headers;
}
