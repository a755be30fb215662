import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import * as make from '../../fake/objects';
import { fakeBackend, json } from '../backend';
import { renderApp } from '../renderApp';

const crashing = make.pod({ name: 'order-1', status: make.crashingStatus() });
const lookup = make.answer(
  [
    make.clusterObjects('prod', {
      pods: [crashing],
      configmaps: [make.object('config', { data: { a: 'b' } })],
    }),
  ],
  [
    make.cell({ cluster: 'prod', plural: 'pods' }),
    make.forbidden('prod', 'shop', 'apps', 'deployments'),
  ],
);
const POD = '?entity=component:default/order-service&pod=prod/shop/order-1';

describe('the details of a pod', () => {
  it('tell the state of its containers, and its events since it is ill', async () => {
    const event = { type: 'Warning', reason: 'BackOff', message: 'restarting', count: 12 };
    const backend = fakeBackend({ lookup, proxy: () => json({ items: [event] }) });
    renderApp(POD);
    const containers = await screen.findByRole('list', { name: 'Containers' });
    expect(containers).toHaveTextContent('CrashLoopBackOff');
    expect(containers).toHaveTextContent('Last: OOMKilled, exit code 137');
    expect(await screen.findByRole('list', { name: 'Events' })).toHaveTextContent(
      'BackOff Warning',
    );
    const asked = backend.asked.find(({ path }) => path.includes('/events'));
    expect(asked?.path).toContain(
      'api/v1/namespaces/shop/events?fieldSelector=involvedObject.uid%3Duid-shop-order-1',
    );
    expect(asked?.headers.get('Backstage-Kubernetes-Cluster')).toBe('prod');
  });

  it('name the right that is missing to read events', async () => {
    const message =
      'events is forbidden: User "u" cannot list resource "events" in API group "" in the namespace "shop"';
    fakeBackend({
      lookup,
      proxy: () => json({ kind: 'Status', reason: 'Forbidden', message }, 403),
    });
    renderApp(POD);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Missing right: list on events in namespace shop',
    );
  });

  it('say that it is gone, or that nobody knows', async () => {
    fakeBackend({ lookup });
    const { unmount } = renderApp('?entity=component:default/order-service&pod=prod/shop/gone');
    expect(await screen.findByText(/It was not found/)).toBeVisible();
    unmount();
    renderApp('?entity=component:default/order-service&object=prod/shop/deployments/order');
    expect(await screen.findByText(/Whether it is there is not known.*FORBIDDEN/)).toBeVisible();
  });
});

describe('an object whose list could not be read', () => {
  const told = async (type: string, cell: Parameters<typeof make.cell>[0]) => {
    fakeBackend({ lookup: make.answer([], [make.cell({ ...cell, cluster: 'prod' })]) });
    const view = renderApp(
      `?entity=component:default/order-service&object=prod/shop/${type}/order`,
    );
    const [text] = await screen.findAllByText(/^(It was not found|Whether it is there)/);
    const { textContent } = text!;
    view.unmount();
    return textContent;
  };
  const failed = { cluster: 'prod', status: 'TIMEOUT' } as const;

  it('may be there: also a custom one, and one of a list of all types', async () => {
    const rollouts = { ...failed, group: 'argoproj.io', plural: 'rollouts' };
    expect(await told('Rollout', rollouts)).toContain('not known');
    expect(await told('Rollout', { ...failed, plural: '*', namespace: '' })).toContain('not known');
    expect(await told('services', { ...failed, plural: '*', namespace: '' })).toContain(
      'not known',
    );
  });

  it('is not one of another group or type', async () => {
    expect(await told('pods', { ...failed, group: 'metrics.k8s.io', plural: 'pods' })).toContain(
      'not found',
    );
    expect(await told('Rollout', { ...failed, plural: 'services' })).toContain('not found');
  });

  it('leaves it open whether there are pods, unlike metrics of them', async () => {
    const counts = async (cell: Parameters<typeof make.cell>[0]) => {
      fakeBackend({ lookup: make.answer([], [make.cell(cell)]) });
      const view = renderApp('?entity=component:default/order-service');
      const [text] = await screen.findAllByText(/^(no pods|pods not known)/);
      const { textContent } = text!;
      view.unmount();
      return textContent;
    };
    expect(await counts({ ...failed, plural: '*' })).toBe('pods not known');
    expect(await counts({ ...failed, plural: 'pods' })).toBe('pods not known');
    expect(await counts({ ...failed, group: 'metrics.k8s.io', plural: 'pods' })).toBe('no pods');
  });
});

describe('YAML', () => {
  it('has the kind and version that lists leave out', async () => {
    fakeBackend({ lookup });
    renderApp(
      '?entity=component:default/order-service&object=prod/shop/configmaps/config&view=yaml',
    );
    expect(await screen.findByRole('region', { name: 'YAML' })).toHaveTextContent(
      /^apiVersion: v1kind: ConfigMap/,
    );
  });
});

describe('a log', () => {
  const lines = (text: string) => () => new Response(text);

  it('is read, and searched', async () => {
    const backend = fakeBackend({
      lookup,
      proxy: lines(
        '2026-01-01T00:00:00Z first\n2026-01-01T00:00:01Z second error\n2026-01-01T00:00:02Z third\n',
      ),
    });
    const { user } = renderApp(`${POD}&view=log`);
    const log = await screen.findByRole('log', { name: 'Log of app' });
    await waitFor(() => expect(log).toHaveTextContent('firstsecond errorthird'));
    expect(backend.asked.at(-1)?.path).toContain(
      'container=app&timestamps=true&follow=true&tailLines=500',
    );
    await user.type(screen.getByRole('searchbox', { name: 'Search in the log' }), 'ERR');
    expect(screen.getByText('1 of 1 line')).toBeVisible();
    expect(within(log).getByText('err', { selector: 'mark' })).toBeVisible();
    await user.click(screen.getByRole('checkbox', { name: 'Timestamps' }));
    expect(log).toHaveTextContent('2026-01-01T00:00:00Z first');
  });

  /** A log that goes on when the test says so. */
  function following() {
    let write: (text: string) => void = () => undefined;
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        write = (text) => controller.enqueue(new TextEncoder().encode(text));
      },
    });
    return { response: () => new Response(stream), write: (text: string) => write(text) };
  }

  const numbered = (from: number, count: number) =>
    Array.from({ length: count }, (_, index) => `line ${from + index};\n`).join('');

  it('is followed until one scrolls up, however late its own scrolling is told', async () => {
    const log = following();
    fakeBackend({ lookup, proxy: log.response });
    renderApp(`${POD}&view=log`);
    const area = await screen.findByRole('log', { name: 'Log of app' });
    log.write(numbered(1, 3));
    await waitFor(() => expect(area).toHaveTextContent('line 3;'));
    Object.defineProperty(area, 'scrollHeight', { value: 10_000, configurable: true });
    const scrollTo = (top: number) => {
      area.scrollTop = top;
      fireEvent.scroll(area);
    };
    scrollTo(5_000);
    scrollTo(5_500);
    expect(screen.queryByRole('button', { name: 'Jump to the end' })).not.toBeInTheDocument();
    scrollTo(4_000);
    expect(screen.getByRole('button', { name: 'Jump to the end' })).toBeVisible();
    scrollTo(6_000);
    expect(screen.queryByRole('button', { name: 'Jump to the end' })).not.toBeInTheDocument();
  });

  it('keeps the match that one looks at while its first lines are dropped', async () => {
    const log = following();
    fakeBackend({ lookup, proxy: log.response });
    const { user } = renderApp(`${POD}&view=log`);
    const area = await screen.findByRole('log', { name: 'Log of app' });
    log.write(`first needle\n${numbered(2, 9_990)}second needle\n`);
    await screen.findByText('9,992 lines');
    await user.type(screen.getByRole('searchbox', { name: 'Search in the log' }), 'needle{Enter}');
    expect(screen.getByText('2 of 2 lines')).toBeVisible();
    const scrolled = vi.spyOn(area, 'scrollTo');
    log.write(numbered(9_991, 5_000) + 'third needle\n');
    // The first of them was dropped, so the one that was the second is the first.
    expect(await screen.findByText('1 of 2 lines')).toBeVisible();
    expect(scrolled).not.toHaveBeenCalled();
  });

  it('of an earlier run that there was not is no failure', async () => {
    const message = 'previous terminated container "app" in pod "order-1" not found';
    const backend = fakeBackend({ lookup, proxy: lines('x\n') });
    const { user } = renderApp(`${POD}&view=log`);
    backend.proxy = () => json({ kind: 'Status', reason: 'BadRequest', message }, 400);
    await user.click(await screen.findByRole('checkbox', { name: 'Previous' }));
    expect(await screen.findByText(/This container has no previous run/)).toBeVisible();
    expect(backend.asked.at(-1)?.path).toContain('previous=true');
  });

  it('says that it ended, and is closed with the panel', async () => {
    const backend = fakeBackend({ lookup, proxy: lines('x\n') });
    const { user } = renderApp(`${POD}&view=log`);
    expect(await screen.findByText(/^Ended/)).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Close details' }));
    expect(backend.asked.findLast(({ path }) => path.includes('/log'))?.signal?.aborted).toBe(true);
  });

  it('says why it cannot be read', async () => {
    const message =
      'pods "order-1" is forbidden: User "u" cannot get resource "pods/log" in API group "" in the namespace "shop"';
    fakeBackend({
      lookup,
      proxy: () => json({ kind: 'Status', reason: 'Forbidden', message }, 403),
    });
    renderApp(`${POD}&view=log`);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Missing right: get on pods/log in namespace shop',
    );
  });
});
