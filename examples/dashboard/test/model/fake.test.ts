import { describe, expect, it } from 'vitest';
import * as make from '../../fake/objects';
import { ENTITIES, lookUp } from '../../fake/world';

describe('the fake backend', () => {
  const answers = ENTITIES.slice(0, 5).map(({ ref }) => lookUp(ref, make.NOW)!);

  it('asks for metrics wherever it has pods, as the real one does', () => {
    const statuses = new Set<string | undefined>();
    for (const { matrix, backstage } of answers) {
      for (const { cluster, resources, podMetrics } of backstage.items) {
        const pods = resources
          .filter(({ type }) => type === 'pods')
          .flatMap((one) => one.resources);
        for (const namespace of new Set(pods.map(({ metadata }) => metadata?.namespace))) {
          const cell = matrix.cells.find(
            (one) =>
              one.cluster === cluster.name &&
              one.namespace === namespace &&
              one.group === 'metrics.k8s.io' &&
              one.plural === 'pods',
          );
          expect(cell, `${cluster.name}/${namespace}`).toBeDefined();
          const hasMetrics = podMetrics.some(({ pod }) => pod.metadata?.namespace === namespace);
          expect(hasMetrics).toBe(cell?.status === 'OK');
          statuses.add(cell?.status);
        }
      }
    }
    expect([...statuses].sort()).toEqual(['FORBIDDEN', 'NOT_SERVED', 'OK']);
  });

  it('tells of entities no more than the real one does', () => {
    const told = new Set(ENTITIES.flatMap((entity) => Object.keys(entity)));
    expect([...told].sort()).toEqual(
      ['kind', 'lifecycle', 'name', 'namespace', 'owner', 'ref', 'system', 'title', 'type'].sort(),
    );
  });
});
