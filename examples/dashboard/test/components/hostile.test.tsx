import { render, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import * as make from '../../fake/objects';
import { RowView } from '../../src/components/rows/RowView';
import type { KubeObject } from '../../src/api/types';
import { conditionsOf, objectVerdict } from '../../src/model/workloadHealth';
import { fakeBackend, json } from '../backend';
import { renderApp } from '../renderApp';

const ENTITY = '?entity=component:default/order-service';

/** What no type allows: these come from clusters all the same. */
function hostile(fields: object): KubeObject {
  return fields as KubeObject;
}

const odd: Record<string, KubeObject[]> = {
  customresources: [
    hostile({
      apiVersion: 'example.com/v1',
      kind: 'Odd',
      metadata: {
        name: 'odd-conditions',
        namespace: 'shop',
        labels: null,
        annotations: { count: 5, nothing: null },
        ownerReferences: [null, 'x', { uid: 7 }],
      },
      status: { conditions: [null, 5, { type: 3, status: true, reason: [], message: null }] },
    }),
    hostile({ kind: 'Odd', metadata: { name: 'odd-fields', namespace: 'shop' }, status: 'fine' }),
    hostile({ kind: {}, metadata: null, spec: [] }),
  ],
  pods: [
    hostile({
      metadata: { name: 'odd-pod', namespace: 'shop', labels: { app: 1 }, ownerReferences: null },
      spec: { containers: [null, { image: 5 }], initContainers: 'none' },
      status: {
        phase: 'Running',
        conditions: null,
        containerStatuses: [null, { name: null, state: null, lastState: { terminated: null } }],
      },
    }),
    make.pod({ name: 'good-pod' }),
  ],
  services: [
    hostile({ metadata: { name: 'odd-ports', namespace: 'shop' }, spec: { ports: [null] } }),
  ],
  resourcequotas: [
    hostile({
      metadata: { name: 'odd-quota', namespace: 'shop' },
      status: { hard: { cpu: { a: 1 } }, used: null },
    }),
  ],
  configmaps: [null as unknown as KubeObject],
};

afterEach(() => vi.restoreAllMocks());

describe('objects that are not what their type promises', () => {
  it('leave the page and all other objects as they are', async () => {
    fakeBackend({ lookup: make.answer([make.clusterObjects('prod', odd)]) });
    const { user } = renderApp(ENTITY);
    expect(await screen.findByRole('button', { name: 'Pod good-pod' })).toBeVisible();
    expect(screen.getByRole('button', { name: 'Pod odd-pod' })).toBeVisible();
    await user.click(screen.getByRole('button', { name: /^4 other objects/ }));
    expect(screen.getByRole('button', { name: 'Odd odd-conditions' })).toBeVisible();
    expect(screen.getByRole('button', { name: 'ResourceQuota odd-quota' })).toBeVisible();
  });

  it.each(['odd-conditions', 'odd-fields'])('have details: %s', async (name) => {
    fakeBackend({ lookup: make.answer([make.clusterObjects('prod', odd)]) });
    renderApp(`${ENTITY}&object=prod/shop/Odd/${name}`);
    const panel = await screen.findByRole('region', { name });
    expect(await within(panel).findByText('Age')).toBeVisible();
    expect(within(panel).queryByText(/cannot be shown/)).not.toBeInTheDocument();
  });

  it('have details of their containers', async () => {
    fakeBackend({ lookup: make.answer([make.clusterObjects('prod', odd)]) });
    renderApp(`${ENTITY}&pod=prod/shop/odd-pod`);
    expect(await screen.findByRole('list', { name: 'Containers' })).toBeVisible();
  });

  it('are shown as the cluster told them in YAML', async () => {
    fakeBackend({ lookup: make.answer([make.clusterObjects('prod', odd)]) });
    renderApp(`${ENTITY}&object=prod/shop/Odd/odd-conditions&view=yaml`);
    expect(await screen.findByRole('region', { name: 'YAML' })).toHaveTextContent(
      'conditions: - null - 5',
      { normalizeWhitespace: true },
    );
  });

  it('have the conditions that can be read, as text', () => {
    const object = hostile({
      status: { conditions: [null, 'x', { type: 3, status: 'True', message: null }] },
    });
    expect(conditionsOf(object)).toEqual([{ type: '3', status: 'True' }]);
    expect(objectVerdict('customresources', object, make.NOW)).toBeUndefined();
  });

  it('have events with anything in them', async () => {
    fakeBackend({
      lookup: make.answer([make.clusterObjects('prod', { pods: [make.pod({ name: 'p' })] })]),
      proxy: () => json({ items: [null, { reason: 5, message: {}, lastTimestamp: 7, source: 1 }] }),
    });
    renderApp(`${ENTITY}&pod=prod/shop/p&view=events`);
    expect(await screen.findByRole('list', { name: 'Events' })).toHaveTextContent('5');
  });
});

describe('what cannot be shown at all', () => {
  it('is told in its row', () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const object: KubeObject = {
      get metadata(): never {
        throw new Error('boom');
      },
    };
    const place = { cluster: 'prod', namespace: 'shop' };
    const view = { ...place, type: 'services', object, name: 'web', verdict: undefined };
    render(
      <RowView
        row={{ key: 'k', type: 'object', object: { ...view, toldElsewhere: false } }}
        index={0}
        now={make.NOW}
        clusters={[]}
        target={undefined}
        onToggle={() => undefined}
        onOpen={() => undefined}
      />,
    );
    expect(screen.getByRole('row')).toHaveTextContent('Service web cannot be shown. boom');
  });

  it('is told in the panel, and its other views stay', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const depth = 30_000;
    const answer = make.answer([
      make.clusterObjects('prod', { configmaps: [make.object('deep', { data: 'DEEP' })] }),
    ]);
    const text = JSON.stringify(answer).replace('"DEEP"', '['.repeat(depth) + ']'.repeat(depth));
    const backend = fakeBackend({ lookup: () => new Response(text) });
    const { user } = renderApp(`${ENTITY}&object=prod/shop/configmaps/deep&view=yaml`);
    expect(await screen.findByText('YAML of ConfigMap deep cannot be shown.')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Details' }));
    expect(await screen.findByText('Created')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'YAML' }));
    expect(await screen.findByText('YAML of ConfigMap deep cannot be shown.')).toBeVisible();
    const data = { line: 'shallow' };
    const mended = make.object('deep', { data, metadata: { resourceVersion: '2' } });
    backend.lookup = make.answer([make.clusterObjects('prod', { configmaps: [mended] })]);
    await user.keyboard('r');
    expect(await screen.findByRole('region', { name: 'YAML' })).toHaveTextContent('shallow');
  });
});
