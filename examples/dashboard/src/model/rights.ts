import { Document, isScalar, visit } from 'yaml';
import type { Cell } from '../api/types';
import { compare } from './group';

interface Subject {
  kind: 'ServiceAccount' | 'User';
  name: string;
  namespace?: string;
  apiGroup?: string;
}

const USER = /User "([^"]+)" cannot /;
const SERVICE_ACCOUNT = /^system:serviceaccount:([^:]+):([^:]+)$/;

/** Whom the API server refused, as its message says. */
export function subjectOf(message: string): Subject | undefined {
  const user = USER.exec(message)?.[1];
  if (user === undefined) {
    return undefined;
  }
  const [, namespace, name] = SERVICE_ACCOUNT.exec(user) ?? [];
  return namespace === undefined || name === undefined
    ? { kind: 'User', name: user, apiGroup: 'rbac.authorization.k8s.io' }
    : { kind: 'ServiceAccount', name, namespace };
}

/** One rule for each API group. */
function rulesFor(cells: readonly Cell[]) {
  const byGroup = new Map<string, Set<string>>();
  for (const { group, plural } of cells) {
    const resources = byGroup.get(group) ?? new Set();
    resources.add(plural);
    if (group === '' && plural === 'pods') {
      resources.add('pods/log');
    }
    byGroup.set(group, resources);
  }
  return [...byGroup]
    .sort(([a], [b]) => compare(a, b))
    .map(([group, resources]) => ({
      apiGroups: [group],
      resources: [...resources].sort(compare),
      verbs: ['get', 'list', 'watch'],
    }));
}

const API_VERSION = 'rbac.authorization.k8s.io/v1';
const API_GROUP = 'rbac.authorization.k8s.io';
const NAME = 'backstage-read-more';

function documents(
  namespace: string,
  cells: readonly Cell[],
  subjects: readonly Subject[],
): unknown[] {
  const prefix = namespace === '' ? 'Cluster' : '';
  const metadata = namespace === '' ? { name: NAME } : { name: NAME, namespace };
  const role = { apiVersion: API_VERSION, kind: `${prefix}Role`, metadata, rules: rulesFor(cells) };
  if (subjects.length === 0) {
    return [role];
  }
  const roleRef = { apiGroup: API_GROUP, kind: `${prefix}Role`, name: NAME };
  const kind = `${prefix}RoleBinding`;
  return [role, { apiVersion: API_VERSION, kind, metadata, roleRef, subjects }];
}

/** Lists of words take a line each, as people write Roles. */
function toShortYaml(content: unknown): string {
  const document = new Document(content, { aliasDuplicateObjects: false });
  visit(document, {
    Seq: (_, list) => {
      list.flow = list.items.every(isScalar);
    },
  });
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

export interface Rights {
  yaml: string;
  /** False if no message says who was refused, so that nobody can be bound to the role. */
  bound: boolean;
}

/** Roles and bindings that give what is missing: one of each for each namespace. */
export function rightsFor(cells: readonly Cell[]): Rights {
  const subjects = new Map<string, Subject>();
  for (const { message } of cells) {
    const subject = subjectOf(message);
    if (subject !== undefined) {
      subjects.set(`${subject.kind} ${subject.namespace ?? ''} ${subject.name}`, subject);
    }
  }
  const byNamespace = new Map<string, Cell[]>();
  for (const cell of cells) {
    byNamespace.set(cell.namespace, [...(byNamespace.get(cell.namespace) ?? []), cell]);
  }
  const yaml = [...byNamespace]
    .sort(([a], [b]) => compare(a, b))
    .flatMap(([namespace, ofNamespace]) =>
      documents(namespace, ofNamespace, [...subjects.values()]),
    )
    .map(toShortYaml)
    .join('---\n');
  return { yaml, bound: subjects.size > 0 };
}
