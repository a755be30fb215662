import type { CellStatus } from '../api/types';

export interface Cure {
  happened: string;
  cure: string;
}

/** What happened and what to do, by the status of a cell; as in the README's "What a cell says". */
export const CURES: Record<CellStatus, Cure> = {
  OK: {
    happened: 'There are more objects than were taken.',
    cure: 'Narrow the label selector, or raise followspot.fetch.maxObjects or maxBytes.',
  },
  INVALID: {
    happened: 'Nothing was asked: the entity or the configuration is wrong.',
    cure: 'Correct what the message names.',
  },
  CREDENTIAL: {
    happened: 'There is no credential to ask with.',
    cure: 'Set the token, or give the one that the message names.',
  },
  UNAUTHORIZED: {
    happened: 'The API server does not know the credential, or no longer.',
    cure: 'Renew the token.',
  },
  FORBIDDEN: {
    happened: 'The credential may not list this type here.',
    cure: 'A Role and a RoleBinding give the right. A namespace that does not exist is forbidden, too: check its name.',
  },
  NOT_FOUND: {
    happened: 'The API server does not find it.',
    cure: 'Check the namespace and the name.',
  },
  NOT_SERVED: {
    happened: 'The cluster does not serve this group, version or type.',
    cure: 'Nothing, if the cluster has no such objects; or apiVersionOverrides.',
  },
  BAD_REQUEST: {
    happened: 'The API server does not understand the request.',
    cure: 'Check the label selector.',
  },
  THROTTLED: {
    happened: 'Too many requests, also at the second try.',
    cure: "Ask less often, or raise the account's share of requests.",
  },
  SERVER_ERROR: {
    happened: 'The API server failed.',
    cure: 'Look at the API server.',
  },
  TIMEOUT: {
    happened: 'No whole answer came in time.',
    cure: 'Check the cluster, or raise followspot.http.requestTimeout and followspot.lookup.timeout.',
  },
  UNREACHABLE: {
    happened: 'There was no connection, or it broke.',
    cure: 'Check address, port, network policy and proxy.',
  },
  TLS: {
    happened: 'The certificate is not trusted, expired, or for another name.',
    cure: 'Set caData, caFile or tlsServerName.',
  },
  INVALID_RESPONSE: {
    happened: 'The answer is none that an API server gives: HTML, cut off, too large, a redirect.',
    cure: 'Is there a gateway or a login page in between?',
  },
  CANCELLED: {
    happened: 'The look-up was given up.',
    cure: 'Nothing; the next refresh asks again.',
  },
  EXTENSION: {
    happened: 'An extension failed.',
    cure: 'The message names it.',
  },
};

/** Whatever a newer backend may say is told, too. */
export function cureOf(status: string): Cure {
  return (
    (CURES as Partial<Record<string, Cure>>)[status] ?? {
      happened: `The backend says ${status}, which this dashboard does not know.`,
      cure: 'The message says more.',
    }
  );
}
