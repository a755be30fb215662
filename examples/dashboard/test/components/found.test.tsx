import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import * as make from '../../fake/objects';
import { fakeBackend } from '../backend';
import { renderApp } from '../renderApp';

function shop() {
  const order = make.deployment('order', 2, 1);
  const set = make.replicaSet(order, 'abc', 2);
  const pods = [
    make.pod({ name: 'order-abc-1', owner: set }),
    make.pod({ name: 'order-abc-2', owner: set, status: make.crashingStatus() }),
  ];
  const well = make.deployment('a-well', 1, 1);
  return make.answer([
    make.clusterObjects('prod', {
      pods,
      deployments: [well, order],
      replicasets: [set],
      services: [make.object('order-web')],
    }),
  ]);
}

const rowNames = () => screen.getAllByRole('rowheader').map((header) => header.textContent);

describe('what was found', () => {
  it('is a table with what is ill first', async () => {
    fakeBackend({ lookup: shop() });
    renderApp();
    await screen.findByRole('table', {
      name: 'Workloads and pods of component:default/order-service',
    });
    expect(rowNames().slice(2)).toEqual([
      'orderDeployment',
      'order-abc-2',
      'order-abc-1',
      'a-wellDeployment',
    ]);
  });

  it('tells how it is on the whole', async () => {
    fakeBackend({ lookup: shop() });
    renderApp();
    const summary = await screen.findByRole('region', { name: 'Summary' });
    expect(summary).toHaveTextContent('1 of 2 pods ready');
    expect(summary).toHaveTextContent('1 problem');
  });

  it('marks missing replicas of a workload as it marks missing containers of a pod', async () => {
    fakeBackend({ lookup: shop() });
    renderApp();
    const cellOf = (name: string) =>
      screen.getByRole('button', { name }).closest('[role=row]')!.querySelector('.ready')!;
    await screen.findByRole('button', { name: 'Pod order-abc-2' });
    expect(cellOf('Deployment order').textContent).toMatch(/^1\/2/);
    expect(cellOf('Deployment order').className).toBe(cellOf('Pod order-abc-2').className);
  });

  it('counts old pods apart', async () => {
    const set = make.replicaSet(make.deployment('order', 1, 1), 'abc', 1);
    const pods = [
      make.pod({ name: 'old', owner: set, status: { phase: 'Failed', reason: 'Evicted' } }),
      make.pod({ name: 'new', owner: set }),
    ];
    fakeBackend({
      lookup: make.answer([make.clusterObjects('prod', { pods, replicasets: [set] })]),
    });
    renderApp();
    const summary = await screen.findByRole('region', { name: 'Summary' });
    expect(summary).toHaveTextContent('1 of 1 pod ready1 endedno problems');
    expect(screen.getByRole('button', { name: 'Pod old' })).toBeVisible();
  });

  it('says in words what colours say', async () => {
    fakeBackend({ lookup: shop() });
    renderApp();
    const row = (
      await screen.findByRole('button', { name: 'Pod order-abc-2' })
    ).closest<HTMLElement>('[role=row]')!;
    expect(within(row).getByText('CrashLoopBackOff')).toBeVisible();
    expect(row).toHaveTextContent('(Failing)');
  });

  it('is filtered by health, and the address tells so', async () => {
    fakeBackend({ lookup: shop() });
    const { user } = renderApp();
    await user.click(await screen.findByRole('button', { name: /^Failing/ }));
    expect(screen.queryByRole('button', { name: 'Pod order-abc-1' })).not.toBeInTheDocument();
    expect(window.location.search).toContain('health=failing');
    expect(screen.getByText('1 of 2 pods, 0 of 2 other objects')).toBeVisible();
  });

  it('says that nothing matches, and clears filters', async () => {
    fakeBackend({ lookup: shop() });
    const { user } = renderApp('?entity=component:default/order-service&q=zzz&namespace=shop');
    expect(await screen.findByText(/Nothing matches/)).toBeVisible();
    await user.click(screen.getAllByRole('button', { name: 'Clear filters' })[0]!);
    expect(await screen.findByRole('button', { name: 'Pod order-abc-1' })).toBeVisible();
    expect(window.location.search).toBe('?entity=component:default/order-service');
  });

  it('shows only the namespaces that were chosen', async () => {
    const pods = ['a', 'b'].map((namespace) => make.pod({ name: `pod-${namespace}`, namespace }));
    fakeBackend({ lookup: make.answer([make.clusterObjects('prod', { pods })]) });
    const { user } = renderApp();
    await user.click(await screen.findByRole('button', { name: /^Namespaces/ }));
    await user.click(screen.getByRole('checkbox', { name: 'b' }));
    expect(screen.queryByRole('button', { name: 'Pod pod-a' })).not.toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Pod pod-b' })).toBeVisible();
  });

  it('lists other objects by type on demand', async () => {
    fakeBackend({ lookup: shop() });
    const { user } = renderApp();
    await user.click(await screen.findByRole('button', { name: /other objects/ }));
    expect(screen.getByRole('button', { name: 'Service order-web' })).toBeVisible();
  });

  it('is not mistaken for nothing if no cluster was asked', async () => {
    fakeBackend();
    renderApp();
    expect(await screen.findByText(/No cluster was asked/)).toBeVisible();
  });

  it('shows hostile text as text', async () => {
    const evil = '<img src=x onerror=alert(1)>\u202e';
    const pod = make.pod({ name: 'p', status: { phase: 'Failed', reason: evil, message: evil } });
    fakeBackend({ lookup: make.answer([make.clusterObjects('prod', { pods: [pod] })]) });
    const { container } = renderApp();
    expect((await screen.findAllByText(/<img src=x/))[0]).toHaveTextContent('⟨U+202E⟩');
    expect(container.querySelector('img')).toBeNull();
  });

  it('links to a dashboard only by http', async () => {
    fakeBackend({
      clusters: [
        { name: 'good', authProvider: 'x', dashboardUrl: 'https://console.example.com' },
        { name: 'evil', authProvider: 'x', dashboardUrl: 'javascript:alert(1)' },
      ],
      lookup: make.answer(
        ['good', 'evil'].map((name) => make.clusterObjects(name, { pods: [make.pod({ name })] })),
      ),
    });
    renderApp();
    const links = await screen.findAllByRole('link', { name: /^Dashboard/ });
    expect(links.map((link) => [link.getAttribute('href'), link.getAttribute('rel')])).toEqual([
      ['https://console.example.com/', 'noopener noreferrer'],
    ]);
  });
});

describe('keys', () => {
  it('move over what can be opened, open it, and come back', async () => {
    fakeBackend({ lookup: shop() });
    const { user } = renderApp();
    await screen.findByRole('button', { name: 'Pod order-abc-1' });
    await user.keyboard('jj');
    expect(screen.getByRole('button', { name: 'Pod order-abc-2' })).toHaveFocus();
    await user.keyboard('{Enter}');
    expect(screen.getByRole('heading', { name: 'order-abc-2' })).toHaveFocus();
    expect(window.location.search).toContain('pod=prod/shop/order-abc-2');
    await user.keyboard('{Escape}');
    await waitFor(() =>
      expect(screen.getByRole('button', { name: 'Pod order-abc-2' })).toHaveFocus(),
    );
    expect(window.location.search).not.toContain('pod=');
  });

  it('come back also from the log that a key opened', async () => {
    fakeBackend({ lookup: shop(), proxy: () => new Response('x\n') });
    const { user } = renderApp();
    await screen.findByRole('button', { name: 'Pod order-abc-1' });
    await user.keyboard('jjl');
    expect(await screen.findByRole('log')).toBeInTheDocument();
    await user.keyboard('{Escape}');
    await waitFor(() =>
      expect(screen.getByRole('button', { name: 'Pod order-abc-2' })).toHaveFocus(),
    );
  });

  it('show the YAML of what has the focus', async () => {
    fakeBackend({ lookup: shop() });
    const { user } = renderApp();
    await screen.findByRole('button', { name: 'Pod order-abc-1' });
    await user.keyboard('jy');
    expect(await screen.findByRole('region', { name: 'YAML' })).toHaveTextContent(
      'kind: Deployment',
    );
  });

  it('go to the search, where they are letters', async () => {
    fakeBackend({ lookup: shop() });
    const { user } = renderApp();
    await screen.findByRole('button', { name: 'Pod order-abc-1' });
    await user.keyboard('/jly?');
    expect(screen.getByRole('searchbox', { name: 'Search names and labels' })).toHaveValue('jly?');
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  it('are told by a question mark', async () => {
    fakeBackend({ lookup: shop() });
    const { user } = renderApp();
    await screen.findByRole('button', { name: 'Pod order-abc-1' });
    await user.keyboard('?');
    expect(screen.getByRole('dialog', { name: 'Help' })).toHaveTextContent(
      'search in names and labels',
    );
  });
});
