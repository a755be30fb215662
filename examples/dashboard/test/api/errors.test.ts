import { afterEach, describe, expect, it, vi } from 'vitest';
import { describeError } from '../../src/api/errors';
import { ApiError, request, requestJson } from '../../src/api/http';
import { cleanToken, expiryOf, isToken, tokens } from '../../src/api/tokens';
import { authNeeds, proxyHeaders, requestAuth } from '../../src/api/auth';
import { backendError, json } from '../backend';

afterEach(() => vi.unstubAllGlobals());

function answering(response: Response | Error) {
  vi.stubGlobal('fetch', () =>
    response instanceof Error ? Promise.reject(response) : Promise.resolve(response),
  );
}

async function toldOf(response: Response | Error, path = 'api/kubernetes/clusters') {
  answering(response);
  const error = await requestJson(path).then(
    () => undefined,
    (cause: unknown) => cause,
  );
  return describeError(error, new Date('2026-06-01T00:00:00Z'));
}

function jwt(exp: number): string {
  return ['{}', JSON.stringify({ exp }), 'x']
    .map((part) => btoa(part).replace(/=+$/, ''))
    .join('.');
}

describe('what an error says', () => {
  it('is that the backend is down if nothing answers', async () => {
    const told = await toldOf(new TypeError('Failed to fetch'));
    expect(told).toMatchObject({
      title: 'The backend cannot be reached',
      cure: expect.stringContaining('Check that it runs') as string,
    });
  });

  it('asks for a token if there is none', async () => {
    const told = await toldOf(backendError(401, 'AuthenticationError', 'Missing credentials'));
    expect(told).toMatchObject({ title: 'The backend asks who you are', askForToken: true });
  });

  it('says when a token ran out', async () => {
    tokens.set('backend', jwt(Date.parse('2026-05-01T00:00:00Z') / 1000));
    const told = await toldOf(backendError(401, 'AuthenticationError', 'Illegal token'));
    expect(told).toMatchObject({ title: 'Your token ran out', askForToken: true });
  });

  it('says that a token is not accepted', async () => {
    tokens.set('backend', 'opaque');
    const told = await toldOf(backendError(401, 'AuthenticationError', 'Illegal token'));
    expect(told).toMatchObject({
      title: 'The backend does not accept your token',
      askForToken: true,
    });
  });

  it.each([
    ['api/kubernetes/clusters', 'You may not list the clusters'],
    ['api/kubernetes/followspot/lookup', 'You may not look entities up'],
    ['api/kubernetes/proxy/api/v1/pods', 'You may not ask clusters for logs and events'],
  ])('says what the backend forbids at %s, and who can allow it', async (path, title) => {
    const told = await toldOf(backendError(403, 'NotAllowedError', 'Unauthorized'), path);
    expect(told).toMatchObject({ title, said: 'Unauthorized', askForToken: false });
    expect(told.cure).toContain('accessRestrictions');
  });

  it('says that an entity is not in the catalog any more', async () => {
    const told = await toldOf(
      backendError(400, 'InputError', 'Entity ref missing, component:default/nope'),
    );
    expect(told.title).toBe('The catalog has no such entity');
  });

  it('says that a backend without the routes is too old', async () => {
    const told = await toldOf(
      new Response('', { status: 404 }),
      'api/kubernetes/followspot/entities?kind=Component',
    );
    expect(told).toMatchObject({
      title: 'This backend is too old for the dashboard',
      cure: expect.stringContaining('Update') as string,
    });
  });

  it('tells the message of a failure of the backend', async () => {
    expect(await toldOf(backendError(500, 'Error', 'the catalog is gone'))).toMatchObject({
      title: 'The backend failed (500)',
      said: 'the catalog is gone',
    });
  });

  it.each([
    [502, 'The cluster cannot be reached'],
    [503, 'The backend has too much to do'],
    [504, 'The cluster did not answer in time'],
  ])('tells %i of the proxy', async (status, title) => {
    expect((await toldOf(backendError(status, 'X', 'm'))).title).toBe(title);
  });

  it('takes a page of a gateway for what it is', async () => {
    expect((await toldOf(new Response('<html>Sign in</html>', { status: 200 }))).title).toBe(
      'The answer is not from the backend',
    );
    expect((await toldOf(new Response('<html>Bad gateway</html>', { status: 502 }))).title).toBe(
      'The answer is not from the backend (502)',
    );
  });

  it('names the right that a cluster misses', async () => {
    const message =
      'pods "p" is forbidden: User "u" cannot get resource "pods/log" in API group "" in the namespace "shop"';
    const told = await toldOf(json({ kind: 'Status', reason: 'Forbidden', message }, 403));
    expect(told.cure).toBe(
      'Missing right: get on pods/log in namespace shop. A Role and a RoleBinding give it.',
    );
  });

  it('passes an abort on, which is no error', async () => {
    const abort = new DOMException('aborted', 'AbortError');
    vi.stubGlobal('fetch', () => Promise.reject(abort));
    await expect(request('x')).rejects.toBe(abort);
  });

  it('has a cure, whatever it is', () => {
    for (const status of [400, 401, 403, 404, 409, 418, 429, 500, 502, 503, 504]) {
      for (const failure of ['network', 'answer', 'backend', 'cluster'] as const) {
        expect(describeError(new ApiError(failure, status, '', '', 'x')).cure).not.toBe('');
      }
    }
    expect(describeError(new RangeError('bug'))).toMatchObject({
      title: 'The dashboard failed',
      said: 'bug',
    });
  });
});

describe('tokens', () => {
  it('are kept in the tab only, and sent as who one is', async () => {
    const sent: Headers[] = [];
    vi.stubGlobal('fetch', (_: string, init: RequestInit) => {
      sent.push(new Headers(init.headers));
      return Promise.resolve(json({}));
    });
    tokens.set('backend', 'secret');
    await request('x');
    tokens.forget('backend');
    await request('x');
    expect(sent.map((headers) => headers.get('Authorization'))).toEqual(['Bearer secret', null]);
    expect([localStorage.length, sessionStorage.length]).toEqual([0, 0]);
  });

  it('are cleaned of what is pasted along with them', () => {
    expect(cleanToken(' Bearer abc\n def ')).toBe('abcdef');
    expect(cleanToken('"abc"')).toBe('abc');
    expect([isToken('abc'), isToken('ä'), isToken('')]).toEqual([true, false, false]);
  });

  it('tell when they run out, if they are JWTs', () => {
    expect(expiryOf(jwt(1_700_000_000))).toEqual(new Date(1_700_000_000_000));
    expect([expiryOf('a.b.c'), expiryOf('opaque')]).toEqual([undefined, undefined]);
  });

  it('of clusters go to the look-up and the proxy under the name of their provider', () => {
    const okta = { name: 'a', authProvider: 'oidc', oidcTokenProvider: 'okta' };
    const clusters = [
      okta,
      { name: 'b', authProvider: 'google' },
      { name: 'c', authProvider: 'serviceAccount' },
    ];
    expect(authNeeds(clusters).map(({ name }) => name)).toEqual(['oidc.okta', 'google']);
    tokens.set('oidc.okta', 't1');
    tokens.set('google', 't2');
    expect(requestAuth(clusters)).toEqual({ google: 't2', oidc: { okta: 't1' } });
    expect(proxyHeaders(okta)).toEqual({
      'Backstage-Kubernetes-Cluster': 'a',
      'Backstage-Kubernetes-Authorization-oidc-okta': 't1',
    });
  });

  it('keep dots in the name of a provider, as the backend has it', () => {
    const cluster = { name: 'a', authProvider: 'oidc', oidcTokenProvider: 'login.example.com' };
    tokens.set('oidc.login.example.com', 't');
    expect(proxyHeaders(cluster)).toHaveProperty([
      'Backstage-Kubernetes-Authorization-oidc-login.example.com',
    ]);
  });
});
