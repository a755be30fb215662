import { describe, expect, it } from 'vitest';
import type { PodMetrics, Usage } from '../../src/api/types';
import { podLoad, sumLoads } from '../../src/model/usage';

function usage(currentUsage: number, limitTotal: number): Usage {
  return { currentUsage, requestTotal: 0.1, limitTotal };
}

function metrics(total: Usage, ...containers: Usage[]): PodMetrics {
  return {
    pod: {},
    cpu: total,
    memory: usage(100, 500),
    containers: containers.map((cpuUsage, index) => ({
      container: `c${index}`,
      cpuUsage,
      memoryUsage: usage(50, 250),
    })),
  };
}

describe('the load of a pod', () => {
  it('has no limit if a container has none, whatever its sidecar has', () => {
    const load = podLoad(metrics(usage(0.9, 0.1), usage(0.88, 0), usage(0.02, 0.1)));
    expect(load?.cpu).toEqual({ used: 0.9, request: 0.1, limit: 0 });
    expect(load?.memory.limit).toBe(500);
    expect(load?.containers.get('c1')?.cpu.limit).toBe(0.1);
  });

  it('has the limit of all its containers', () => {
    expect(podLoad(metrics(usage(0.3, 0.4), usage(0.1, 0.2), usage(0.2, 0.2)))?.cpu.limit).toBe(
      0.4,
    );
  });

  it('is none without metrics', () => {
    expect(podLoad(metrics(usage(0, 0)))).toBeUndefined();
  });

  it('has no limit in sum if one pod has none', () => {
    const limited = { used: 1, request: 1, limit: 2 };
    expect(sumLoads([limited, { ...limited, limit: 0 }])).toEqual({
      used: 2,
      request: 2,
      limit: 0,
    });
  });
});
