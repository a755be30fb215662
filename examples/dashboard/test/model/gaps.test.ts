import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import * as make from '../../fake/objects';
import type { Cell } from '../../src/api/types';
import { CURES, cureOf } from '../../src/model/cures';
import { gapsOf } from '../../src/model/gaps';
import { rightsFor, subjectOf } from '../../src/model/rights';

describe('gaps', () => {
  it('are one for each cluster and status, however many lists there are', () => {
    const cells = ['a', 'b', 'c'].flatMap((namespace) => [
      make.forbidden('prod', namespace, '', 'pods'),
      make.forbidden('prod', namespace, 'batch', 'jobs'),
      make.cell({ cluster: 'prod', namespace, plural: 'services', status: 'TIMEOUT' }),
    ]);
    const gaps = gapsOf(make.answer([], cells).matrix);
    expect(gaps.map(({ status, types, namespaces }) => [status, types, namespaces.length])).toEqual(
      [
        ['FORBIDDEN', ['jobs.batch', 'pods'], 3],
        ['TIMEOUT', ['services'], 3],
      ],
    );
  });

  it('are lists that were cut off, too, but not what a cluster does not serve', () => {
    const cells = [
      make.cell({ cluster: 'prod', plural: 'pods', truncated: true }),
      make.cell({ cluster: 'prod', plural: 'rollouts', status: 'NOT_SERVED' }),
    ];
    expect(gapsOf(make.answer([], cells).matrix).map(({ status }) => status)).toEqual(['OK']);
  });
});

describe('cures', () => {
  it.each(Object.entries(CURES))(
    'say what happened and what to do about %s',
    (_, { happened, cure }) => {
      expect(happened).toMatch(/\w.*\.$/);
      expect(cure).toMatch(/\w.*[.?]$/);
    },
  );

  it('tell a status that nobody knows yet', () => {
    expect(cureOf('BORED').happened).toContain('BORED');
  });
});

describe('rights', () => {
  const documents = (yaml: string) =>
    parseAllDocuments(yaml).map((document) => document.toJS() as Record<string, unknown>);

  it('are a Role and a RoleBinding for the service account that was refused', () => {
    const { yaml, bound } = rightsFor([
      make.forbidden('prod', 'shop', '', 'pods'),
      make.forbidden('prod', 'shop', 'batch', 'jobs'),
      make.forbidden('prod', 'shop', 'batch', 'cronjobs'),
    ]);
    expect(bound).toEqual(['service account backstage-sa in namespace backstage-ns']);
    const name = expect.stringMatching(/^backstage-read-more-[0-9a-z]{7}$/) as string;
    expect(documents(yaml)).toEqual([
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'Role',
        metadata: { name, namespace: 'shop' },
        rules: [
          { apiGroups: [''], resources: ['pods', 'pods/log'], verbs: ['get', 'list', 'watch'] },
          {
            apiGroups: ['batch'],
            resources: ['cronjobs', 'jobs'],
            verbs: ['get', 'list', 'watch'],
          },
        ],
      },
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'RoleBinding',
        metadata: { name, namespace: 'shop' },
        roleRef: {
          apiGroup: 'rbac.authorization.k8s.io',
          kind: 'Role',
          name,
        },
        subjects: [{ kind: 'ServiceAccount', name: 'backstage-sa', namespace: 'backstage-ns' }],
      },
    ]);
  });

  it('have a name that is the same for the same subject and types, and another for others', () => {
    const nameOf = (...cells: Cell[]) => {
      const [role, binding] = documents(rightsFor(cells).yaml);
      expect(binding?.roleRef).toMatchObject({ name: namedIn(role) });
      return namedIn(role);
    };
    const namedIn = (document: Record<string, unknown> | undefined) =>
      (document?.metadata as { name: string }).name;
    const pods = make.forbidden('prod', 'shop', '', 'pods');
    const jobs = make.forbidden('prod', 'shop', 'batch', 'jobs');
    const others = { ...pods, message: pods.message.replace('backstage-sa', 'other-sa') };
    expect(nameOf(pods, jobs)).toBe(nameOf(jobs, pods));
    expect(new Set([nameOf(pods), nameOf(jobs), nameOf(pods, jobs), nameOf(others)]).size).toBe(4);
  });

  it('are one pair for each namespace, and for the cluster where the list was cluster-wide', () => {
    const { yaml } = rightsFor([
      make.forbidden('prod', 'b', '', 'pods'),
      make.forbidden('prod', '', '', 'pods'),
    ]);
    expect(documents(yaml).map(({ kind }) => kind)).toEqual([
      'ClusterRole',
      'ClusterRoleBinding',
      'Role',
      'RoleBinding',
    ]);
  });

  it('bind a user who is no service account by name', () => {
    expect(subjectOf('pods is forbidden: User "jane@example.com" cannot list resource')).toEqual({
      kind: 'User',
      name: 'jane@example.com',
      apiGroup: 'rbac.authorization.k8s.io',
    });
  });

  it('have no binding if nobody was named', () => {
    const { yaml, bound } = rightsFor([
      make.cell({ cluster: 'prod', plural: 'pods', status: 'FORBIDDEN', message: 'no' }),
    ]);
    expect([bound, documents(yaml).length]).toEqual([[], 1]);
  });

  it('quote names that would be something else in YAML', () => {
    const cell = { ...make.forbidden('prod', 'shop', '', 'pods'), namespace: 'true\n- evil' };
    expect(documents(rightsFor([cell]).yaml)[0]).toMatchObject({
      metadata: { namespace: 'true\n- evil' },
    });
  });
});
