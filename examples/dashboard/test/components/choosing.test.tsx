import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { backendError, fakeBackend } from '../backend';
import { renderApp } from '../renderApp';

describe('choosing an entity', () => {
  it('offers all of the catalog, and tells the choice in the address', async () => {
    fakeBackend();
    const { user } = renderApp('');
    const list = await screen.findByRole('list', { name: 'Entities of the catalog' });
    await user.click(within(list).getByRole('link', { name: /billing/ }));
    expect(await screen.findByRole('heading', { level: 1, name: 'billing' })).toBeVisible();
    expect(window.location.search).toBe('?entity=component:default/billing');
  });

  it('works with the keyboard alone', async () => {
    fakeBackend();
    const { user } = renderApp('');
    await screen.findByRole('list', { name: 'Entities of the catalog' });
    const box = screen.getByRole('combobox', { name: 'Entity' });
    box.focus();
    await user.keyboard('service{ArrowDown}');
    expect(screen.getByRole('option', { name: /mail-service/ })).toHaveAttribute(
      'aria-selected',
      'true',
    );
    expect(box).toHaveAttribute(
      'aria-activedescendant',
      screen.getByRole('option', { name: /mail-service/ }).id,
    );
    await user.keyboard('{Enter}');
    await waitFor(() =>
      expect(window.location.search).toBe('?entity=component:default/mail-service'),
    );
  });

  it('leaves the choice as it was with Escape', async () => {
    fakeBackend();
    const { user } = renderApp();
    const box = await screen.findByRole('combobox', { name: 'Entity' });
    await user.type(box, 'bill{Escape}');
    expect(box).toHaveValue('component:default/order-service');
    expect(screen.queryByRole('listbox')).not.toBeInTheDocument();
  });

  it('asks for entities of the kind that was chosen', async () => {
    const backend = fakeBackend();
    const { user } = renderApp('');
    await user.selectOptions(screen.getByRole('combobox', { name: 'Kind' }), 'System');
    await waitFor(() =>
      expect(backend.asked.map(({ path }) => path)).toContain(
        'api/kubernetes/followspot/entities?kind=System',
      ),
    );
  });

  it('says that nothing matches', async () => {
    fakeBackend();
    const { user } = renderApp('');
    await screen.findByRole('list', { name: 'Entities of the catalog' });
    await user.type(screen.getByRole('combobox', { name: 'Entity' }), 'zzz');
    expect(screen.getByRole('option', { name: 'No entity matches.' })).toBeVisible();
  });

  it('says that a backend without the routes is too old', async () => {
    fakeBackend({ entities: () => new Response('', { status: 404 }) });
    renderApp('');
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'This backend is too old for the dashboard',
    );
  });

  it('tries again if one asks for it', async () => {
    const backend = fakeBackend({ entities: () => backendError(500, 'Error', 'catalog is gone') });
    const { user } = renderApp('');
    expect(await screen.findByRole('alert')).toHaveTextContent('catalog is gone');
    backend.entities = [];
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText(/The catalog has no entity of kind Component/)).toBeVisible();
  });
});

describe('an entity that is chosen already', () => {
  it('keeps its title while one looks through another kind', async () => {
    const order = {
      ref: 'component:default/order-service',
      kind: 'Component',
      namespace: 'default',
      name: 'order-service',
      title: 'Orders of the shop',
    };
    const backend = fakeBackend({ entities: [order] });
    const { user } = renderApp();
    const name = 'Orders of the shop';
    await screen.findByRole('heading', { level: 1, name });
    backend.entities = [];
    await user.selectOptions(screen.getByRole('combobox', { name: 'Kind' }), 'System');
    await user.click(screen.getByRole('combobox', { name: 'Entity' }));
    await screen.findByRole('option', { name: 'The catalog has no entity of this kind.' });
    expect(screen.getByRole('heading', { level: 1, name })).toBeVisible();
  });

  it('is shown also if the catalog cannot be listed, which the picker tells', async () => {
    fakeBackend({ entities: () => backendError(500, 'Error', 'catalog is gone') });
    const { user } = renderApp();
    expect(await screen.findByText(/No cluster was asked/)).toBeVisible();
    await user.click(screen.getByRole('combobox', { name: 'Entity' }));
    expect(await screen.findByRole('option', { name: 'The backend failed (500)' })).toBeVisible();
  });

  it('is looked up also if the clusters may not be listed, which is told', async () => {
    fakeBackend({ clusters: () => backendError(403, 'NotAllowedError', 'no clusters for you') });
    renderApp();
    expect(await screen.findByRole('alert')).toHaveTextContent('no clusters for you');
    expect(await screen.findByRole('region', { name: 'Summary' })).toBeVisible();
  });
});
