import type { Cell, Matrix } from '../api/types';
import { compare } from './group';
import { groupBy } from './groupBy';

/** What could not be read for one reason in one cluster. */
export interface Gap {
  cluster: string;
  status: string;
  cells: Cell[];
  /** Type names, such as `jobs.batch`. */
  types: string[];
  namespaces: { namespace: string; types: string[] }[];
  /** Each message once. */
  messages: string[];
}

function isFailed(cell: Cell): boolean {
  return cell.status !== 'OK' && cell.status !== 'NOT_SERVED';
}

/** Whether something is missing: it failed, or was cut off. */
export function isGap(cell: Cell): boolean {
  return isFailed(cell) || cell.truncated;
}

export function typeName({ group, plural }: Cell): string {
  return group === '' ? plural : `${plural}.${group}`;
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)].sort(compare);
}

function gap(cells: Cell[]): Gap {
  const { cluster = '', status = '' } = cells[0] ?? {};
  const byNamespace = groupBy(cells, ({ namespace }) => namespace);
  return {
    cluster,
    status,
    cells,
    types: unique(cells.map(typeName)),
    namespaces: [...byNamespace]
      .map(([namespace, ofNamespace]) => ({ namespace, types: unique(ofNamespace.map(typeName)) }))
      .sort((a, b) => compare(a.namespace, b.namespace)),
    messages: [...new Set(cells.map(({ message }) => message).filter((message) => message !== ''))],
  };
}

function grouped(cells: readonly Cell[]): Gap[] {
  const groups = groupBy(cells, ({ cluster, status }) => `${cluster}\n${status}`);
  return [...groups.values()]
    .map(gap)
    .sort((a, b) => compare(a.cluster, b.cluster) || compare(a.status, b.status));
}

export function gapsOf(matrix: Matrix): Gap[] {
  return grouped(matrix.cells.filter(isGap));
}

/** What clusters do not serve: no gap, but no object either. */
export function notServed(matrix: Matrix): Gap[] {
  return grouped(matrix.cells.filter(({ status }) => status === 'NOT_SERVED'));
}
