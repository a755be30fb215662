import { describe, expect, it } from 'vitest';
import { type UrlState, formatUrl, parseUrl } from '../../src/state/urlState';

const STATE: UrlState = {
  entity: 'component:default/order-service',
  query: 'a b&c',
  namespaces: ['shop', 'shop-canary'],
  clusters: ['prod/eu'],
  healths: ['failing', 'unknown'],
  target: { cluster: 'prod/eu', namespace: 'shop', type: 'pods', name: 'order-1' },
  view: 'log',
  container: 'app',
};

describe('the address of the page', () => {
  it.each([
    ['component:order-service', 'component:default/order-service'],
    ['Component:Default/Order-Service', 'component:default/order-service'],
    ['order-service', 'order-service'],
    ['', ''],
  ])('reads the entity %j as the catalog writes it', (given, entity) => {
    expect(parseUrl(`?${new URLSearchParams({ entity: given })}`).entity).toBe(entity);
  });

  it('holds everything that one sees', () => {
    expect(parseUrl(formatUrl(STATE))).toEqual(STATE);
  });

  it('reads well', () => {
    const state = {
      ...parseUrl(''),
      entity: STATE.entity,
      target: { ...STATE.target!, cluster: 'prod' },
      view: 'yaml' as const,
    };
    expect(formatUrl(state)).toBe(
      '?entity=component:default/order-service&pod=prod/shop/order-1&view=yaml',
    );
  });

  it('names objects of other types with their type', () => {
    const target = { cluster: 'c', namespace: '', type: 'Certificate', name: 'tls' };
    expect(parseUrl(formatUrl({ ...STATE, target })).target).toEqual(target);
  });

  it('is empty if there is nothing to tell', () => {
    expect(formatUrl(parseUrl(''))).toBe('');
  });

  it.each([
    '?pod=only-one-part',
    '?pod=%25E0%25A4%25A/b/c',
    '?view=evil',
    '?health=great',
    '?object=a/b',
  ])('leaves out what makes no sense: %s', (search) => {
    expect(parseUrl(search)).toEqual(parseUrl(''));
  });
});
