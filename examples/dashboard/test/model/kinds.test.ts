import { describe, expect, it } from 'vitest';
import * as make from '../../fake/objects';
import { withKind } from '../../src/model/kinds';

describe('kind and apiVersion of an object', () => {
  const cells = [
    make.cell({ cluster: 'new', group: 'batch', apiVersion: 'v1', plural: 'cronjobs' }),
    make.cell({ cluster: 'old', group: 'batch', apiVersion: 'v1beta1', plural: 'cronjobs' }),
    make.cell({ cluster: 'new', group: 'metrics.k8s.io', apiVersion: 'v1beta1', plural: 'pods' }),
    make.cell({ cluster: 'new', plural: 'pods' }),
  ];

  it('are those that its own cluster was asked in', () => {
    expect(withKind('cronjobs', {}, 'old', cells).apiVersion).toBe('batch/v1beta1');
    expect(withKind('cronjobs', {}, 'new', cells).apiVersion).toBe('batch/v1');
  });

  it('are not those of a type of the same name in another group', () => {
    expect(withKind('pods', {}, 'new', cells)).toEqual({ apiVersion: 'v1', kind: 'Pod' });
  });

  it('are its own if it tells them', () => {
    const own = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout' };
    expect(withKind('customresources', own, 'new', cells)).toEqual(own);
  });
});
