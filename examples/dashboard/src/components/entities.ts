import type { Entity } from '../api/types';

/** As many as one looks through; more are found by typing. */
export const MAX_SHOWN = 100;

/** The kinds of the catalog that may have objects in clusters. */
export const KINDS = [
  'Component',
  'API',
  'Resource',
  'System',
  'Domain',
  'Template',
  'Group',
  'User',
];

export function filterEntities(entities: readonly Entity[], typed: string): Entity[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return entities.filter(({ ref, title = '', owner = '', system = '' }) => {
    const text = [ref, title, owner, system].join('\n').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** The kind in a reference such as `component:default/order-service`, as this page names it. */
export function kindOfRef(ref: string): string {
  const kind = ref.split(':')[0]?.toLowerCase() ?? '';
  return KINDS.find((one) => one.toLowerCase() === kind) ?? 'Component';
}
