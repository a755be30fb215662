import { act, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import * as make from '../../fake/objects';
import { backendError, fakeBackend, json } from '../backend';
import { renderApp } from '../renderApp';

function answerWith(restarts: number) {
  const status = make.runningStatus();
  const containers = status.containerStatuses!.map((one) => ({ ...one, restartCount: restarts }));
  const pod = make.pod({ name: 'order-1', status: { ...status, containerStatuses: containers } });
  pod.metadata!.resourceVersion = String(restarts);
  return make.answer([make.clusterObjects('prod', { pods: [pod] })]);
}

const refresh = () => screen.getByRole('button', { name: 'Refresh now' });
const lookups = (backend: ReturnType<typeof fakeBackend>) =>
  backend.asked.filter(({ path }) => path.endsWith('/lookup'));

describe('refreshing', () => {
  it('keeps the open pod and the focus', async () => {
    const backend = fakeBackend({ lookup: answerWith(0) });
    const { user } = renderApp();
    await user.click(await screen.findByRole('button', { name: 'Pod order-1' }));
    const close = screen.getByRole('button', { name: 'Close details' });
    close.focus();
    backend.lookup = answerWith(7);
    await user.keyboard('r');
    expect(await screen.findAllByRole('cell', { name: '7' })).toHaveLength(2);
    expect(close).toHaveFocus();
    expect(screen.getByRole('heading', { name: 'order-1' })).toBeVisible();
  });

  it('keeps what was read if it fails, and says so', async () => {
    const backend = fakeBackend({ lookup: answerWith(0) });
    const { user } = renderApp();
    await screen.findByRole('button', { name: 'Pod order-1' });
    backend.lookup = () => backendError(500, 'Error', 'out of memory');
    await user.click(refresh());
    const problem = screen.getByRole('status', { name: 'Refresh problems' });
    await waitFor(() => expect(problem).toHaveTextContent(/Refresh failed at .* out of memory/));
    expect(screen.getByRole('button', { name: 'Pod order-1' })).toBeVisible();
    backend.lookup = answerWith(1);
    await user.click(refresh());
    await waitFor(() => expect(problem).toBeEmptyDOMElement());
  });

  it('does not overlap', async () => {
    const backend = fakeBackend({ lookup: answerWith(0) });
    const { user } = renderApp();
    await screen.findByRole('button', { name: 'Pod order-1' });
    let answer: (response: Response) => void = () => undefined;
    backend.lookup = () => new Promise((resolve) => (answer = resolve));
    const before = lookups(backend).length;
    await user.click(refresh());
    await user.click(refresh());
    await user.click(refresh());
    expect(lookups(backend)).toHaveLength(before + 1);
    await act(async () => {
      answer(json(answerWith(3)));
      await Promise.resolve();
    });
    expect(await screen.findAllByText('3')).not.toHaveLength(0);
  });

  it('says after some seconds that a cluster keeps it waiting', async () => {
    let answer: (response: Response) => void = () => undefined;
    fakeBackend({ lookup: () => new Promise((resolve) => (answer = resolve)) });
    renderApp();
    const looking = await screen.findByText(/Looking in the clusters/);
    await waitFor(() => expect(looking).toHaveTextContent(/given up after some seconds/), {
      timeout: 10_000,
    });
    await act(async () => {
      answer(json(answerWith(3)));
      await Promise.resolve();
    });
    expect(await screen.findAllByText('3')).not.toHaveLength(0);
    expect(screen.queryByText(/Looking in the clusters/)).toBeNull();
  }, 20_000);

  it('gives up when another entity is chosen', async () => {
    const backend = fakeBackend({ lookup: () => new Promise(() => undefined) });
    const { user } = renderApp();
    await waitFor(() => expect(lookups(backend)).toHaveLength(1));
    await user.type(screen.getByRole('combobox', { name: 'Entity' }), 'billing{Enter}');
    await waitFor(() => expect(lookups(backend)[0]?.signal?.aborted).toBe(true));
  });

  it('can be turned off, and is remembered', async () => {
    fakeBackend({ lookup: answerWith(0) });
    const { user, unmount } = renderApp();
    await user.selectOptions(await screen.findByRole('combobox', { name: 'Refresh every' }), 'Off');
    unmount();
    renderApp();
    expect(await screen.findByRole('combobox', { name: 'Refresh every' })).toHaveDisplayValue(
      'Off',
    );
  });

  it('keeps the last sight of a pod that was removed', async () => {
    const backend = fakeBackend({ lookup: answerWith(0) });
    const { user } = renderApp();
    await user.click(await screen.findByRole('button', { name: 'Pod order-1' }));
    backend.lookup = make.answer([make.clusterObjects('prod', {})]);
    await user.keyboard('r');
    expect(await screen.findByText(/It was not found.*You see it as it was last/)).toBeVisible();
    expect(screen.getByRole('list', { name: 'Containers' })).toBeVisible();
  });
});

describe('refreshing by itself', () => {
  afterEach(() => void vi.useRealTimers());

  const pass = (millis: number) => act(() => vi.advanceTimersByTimeAsync(millis));
  const becomes = (state: DocumentVisibilityState) => {
    vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state);
    act(() => void window.dispatchEvent(new Event('visibilitychange')));
  };

  it('happens every ten seconds, but not while the page is hidden', async () => {
    vi.useFakeTimers();
    const backend = fakeBackend({ lookup: answerWith(0) });
    renderApp();
    await pass(100);
    expect(lookups(backend)).toHaveLength(1);
    await pass(10_000);
    expect(lookups(backend)).toHaveLength(2);
    becomes('hidden');
    await pass(60_000);
    expect(lookups(backend)).toHaveLength(2);
    becomes('visible');
    await pass(10_000);
    expect(lookups(backend).length).toBeGreaterThan(2);
  });
});

describe('what failed once', () => {
  afterEach(() => void vi.useRealTimers());

  const busy = () => backendError(503, 'ServiceUnavailableError', 'too much to do');

  it('is asked for again by itself, as it says', async () => {
    vi.useFakeTimers();
    const backend = fakeBackend({ clusters: busy, entities: busy, lookup: answerWith(0) });
    renderApp();
    await act(() => vi.advanceTimersByTimeAsync(100));
    expect(screen.getByRole('alert')).toHaveTextContent('The dashboard tries again every 10 s.');
    backend.clusters = [{ name: 'prod', authProvider: 'serviceAccount' }];
    backend.entities = [
      {
        ref: 'component:default/order-service',
        kind: 'Component',
        namespace: 'default',
        name: 'order-service',
        title: 'Orders',
      },
    ];
    await act(() => vi.advanceTimersByTimeAsync(11_000));
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
    expect(screen.getByRole('heading', { level: 1, name: 'Orders' })).toBeInTheDocument();
  });

  it('is asked for by a refresh, too', async () => {
    const forbidden = () => backendError(403, 'NotAllowedError', 'not yet');
    const backend = fakeBackend({ clusters: forbidden, lookup: answerWith(0) });
    const { user } = renderApp();
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('not yet');
    expect(alert).not.toHaveTextContent('tries again');
    backend.clusters = [{ name: 'prod', authProvider: 'serviceAccount' }];
    await user.click(refresh());
    await waitFor(() => expect(screen.queryByRole('alert')).not.toBeInTheDocument());
  });

  it('does not say that it is tried again if refreshes are off', async () => {
    localStorage.setItem('followspot.refresh', '0');
    fakeBackend({ lookup: () => backendError(500, 'Error', 'out of memory') });
    renderApp();
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('out of memory');
    expect(alert).not.toHaveTextContent('again every');
  });
});

describe('refreshing without being known', () => {
  afterEach(() => void vi.useRealTimers());

  it('stops, since nothing would change', async () => {
    vi.useFakeTimers();
    const backend = fakeBackend({
      lookup: () => backendError(401, 'AuthenticationError', 'Illegal token'),
    });
    renderApp();
    await act(() => vi.advanceTimersByTimeAsync(60_000));
    expect(lookups(backend)).toHaveLength(1);
  });
});

describe('who one is', () => {
  it('is asked for if the backend wants to know, and then it goes on', async () => {
    const backend = fakeBackend({
      clusters: () => backendError(401, 'AuthenticationError', 'Missing credentials'),
      lookup: answerWith(0),
    });
    const { user } = renderApp();
    expect(await screen.findByRole('alert')).toHaveTextContent('The backend asks who you are');
    await user.click(screen.getByRole('button', { name: 'Give a token' }));
    backend.clusters = [{ name: 'prod', authProvider: 'serviceAccount' }];
    await user.type(screen.getByLabelText('Token for Backend'), 'secret');
    await user.click(screen.getByRole('button', { name: 'Save the Backend token' }));
    expect(await screen.findByRole('button', { name: 'Pod order-1' })).toBeInTheDocument();
    expect(backend.asked.at(-1)?.headers.get('Authorization')).toBe('Bearer secret');
    await user.click(screen.getByRole('button', { name: 'Forget the Backend token' }));
    expect(sessionStorage).toHaveLength(0);
  });
});
