import { ApiError } from './http';
import { expiryOf, isExpired, tokens } from './tokens';

/** An error in words: what happened, what was said, what to do. */
export interface ErrorText {
  title: string;
  said: string;
  cure: string;
  /** Whether a token of the backend would help. */
  askForToken: boolean;
}

function text(title: string, said: string, cure: string, askForToken = false): ErrorText {
  return { title, said, cure, askForToken };
}

function unauthenticated(error: ApiError, now: Date): ErrorText {
  const token = tokens.get('backend');
  if (token === undefined) {
    return text(
      'The backend asks who you are',
      error.message,
      'Give a token that its backend.auth.externalAccess knows.',
      true,
    );
  }
  if (isExpired(token, now)) {
    const since = expiryOf(token)?.toLocaleString() ?? '';
    return text('Your token ran out', `It was good until ${since}.`, 'Give a new token.', true);
  }
  return text(
    'The backend does not accept your token',
    error.message,
    'Give another one: it is misspelt, was revoked, or is for another backend.',
    true,
  );
}

function notAllowed(path: string): string {
  if (path.includes('/proxy/')) {
    return 'You may not ask clusters for logs and events';
  }
  return path.includes('/clusters')
    ? 'You may not list the clusters'
    : 'You may not look entities up';
}

function ofBackend(error: ApiError, now: Date): ErrorText {
  switch (error.status) {
    case 400:
      if (error.message.startsWith('Entity ref missing')) {
        return text(
          'The catalog has no such entity',
          error.message,
          'It was renamed or removed, or the link is wrong. Choose another one above.',
        );
      }
      return text(
        'The backend does not understand the question',
        error.message,
        'Correct what it names.',
      );
    case 401:
      return unauthenticated(error, now);
    case 403:
      return text(
        notAllowed(error.path),
        error.message,
        'Whoever runs the backend can allow it: see accessRestrictions of your token, and followspot.permissions.deny.',
      );
    case 404:
      return error.path.includes('/followspot/') && error.message === ''
        ? text(
            'This backend is too old for the dashboard',
            `It does not know ${error.path.split('?')[0]}.`,
            'Update the backend, so that it has the routes of followspot.',
          )
        : text(
            'The backend does not know this',
            error.message,
            'Check the name; it may have been removed.',
          );
    case 502:
      return text(
        'The cluster cannot be reached',
        error.message,
        'Check its address, network policies and proxies.',
      );
    case 503:
      return text(
        'The backend has too much to do',
        error.message,
        'Try again in a moment; close logs that nobody reads.',
      );
    case 504:
      return text(
        'The cluster did not answer in time',
        error.message,
        'Check the cluster, or raise followspot.proxy.timeout.',
      );
    default:
      return text(`The backend failed (${error.status})`, error.message, 'Its log says more.');
  }
}

function ofCluster(error: ApiError): ErrorText {
  switch (error.status) {
    case 401:
      return text(
        'The cluster does not accept the credential',
        error.message,
        'Renew the token of the cluster.',
      );
    case 403:
      return text('The cluster forbids this', error.message, missingRight(error.message));
    case 404:
      return text(
        'The cluster does not have this any more',
        error.message,
        'It was removed or replaced; look at its owner.',
      );
    case 400:
      return text(
        'The cluster cannot do this now',
        error.message,
        'The container may still be starting, or have no earlier run.',
      );
    default:
      return text(
        `The cluster failed (${error.status})`,
        error.message,
        'Look at its API server and kubelet.',
      );
  }
}

const RIGHT =
  /cannot (\S+) resource "([^"]+)"(?: in API group "([^"]*)")?(?: in the namespace "([^"]+)")?/;

/** Names the right that a 403 misses. */
function missingRight(message: string): string {
  const [, verb, resource, group, namespace] = RIGHT.exec(message) ?? [];
  if (verb === undefined || resource === undefined) {
    return 'Ask for the right that the message names.';
  }
  const name = group ? `${resource}.${group}` : resource;
  const where = namespace ? ` in namespace ${namespace}` : '';
  return `Missing right: ${verb} on ${name}${where}. A Role and a RoleBinding give it.`;
}

export function describeError(error: unknown, now: Date = new Date()): ErrorText {
  if (!(error instanceof ApiError)) {
    const said = error instanceof Error ? error.message : String(error);
    return text(
      'The dashboard failed',
      said,
      'Reload the page; if it happens again, it is a mistake in the dashboard.',
    );
  }
  switch (error.failure) {
    case 'network':
      return text(
        'The backend cannot be reached',
        error.message,
        'Check that it runs, and your network.',
      );
    case 'answer':
      return text(
        `The answer is not from the backend${error.status === 200 ? '' : ` (${error.status})`}`,
        error.message,
        'Is there a gateway or a login page in between? Reload the page to sign in again.',
      );
    case 'backend':
      return ofBackend(error, now);
    case 'cluster':
      return ofCluster(error);
  }
}
