import type { PodMetrics, Usage } from '../api/types';
import { parseQuantity } from './quantity';

/** What is used of what was asked for and of what is allowed; 0 where nobody said. */
export interface Load {
  used: number;
  request: number;
  limit: number;
}

export interface PodLoad {
  cpu: Load;
  memory: Load;
  containers: Map<string, { cpu: Load; memory: Load }>;
}

function load(usage: Usage | undefined): Load {
  return {
    used: parseQuantity(usage?.currentUsage) ?? 0,
    request: parseQuantity(usage?.requestTotal) ?? 0,
    limit: parseQuantity(usage?.limitTotal) ?? 0,
  };
}

/** The load of a pod; undefined without containers, which is how "no metrics" is told. */
export function podLoad(metrics: PodMetrics): PodLoad | undefined {
  if (metrics.containers.length === 0) {
    return undefined;
  }
  const containers = new Map(
    metrics.containers.map((one) => [
      one.container,
      { cpu: load(one.cpuUsage), memory: load(one.memoryUsage) },
    ]),
  );
  const loads = [...containers.values()];
  return {
    cpu: limitedIfAll(
      load(metrics.cpu),
      loads.map(({ cpu }) => cpu),
    ),
    memory: limitedIfAll(
      load(metrics.memory),
      loads.map(({ memory }) => memory),
    ),
    containers,
  };
}

/** What has no limit may use all there is, so the limits of the others are no limit of all. */
function limitedIfAll(total: Load, parts: readonly Load[]): Load {
  return parts.some(({ limit }) => limit === 0) ? { ...total, limit: 0 } : total;
}

export function sumLoads(loads: readonly Load[]): Load | undefined {
  if (loads.length === 0) {
    return undefined;
  }
  const total = { used: 0, request: 0, limit: 0 };
  for (const one of loads) {
    total.used += one.used;
    total.request += one.request;
    total.limit += one.limit;
  }
  return limitedIfAll(total, loads);
}
