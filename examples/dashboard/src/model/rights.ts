import { Document, isScalar, visit } from 'yaml';
import type { Cell } from '../api/types';
import { compare } from './group';
import { groupBy } from './groupBy';

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

/** A few letters that are the same for the same text (FNV-1a). */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  }
  return hash.toString(36).padStart(7, '0');
}

function documents(
  namespace: string,
  cells: readonly Cell[],
  subjects: readonly Subject[],
): unknown[] {
  const prefix = namespace === '' ? 'Cluster' : '';
  const rules = rulesFor(cells);
  // Rights for others, or for more types, have to stand beside these instead of in their place.
  const name = `${NAME}-${fingerprint(JSON.stringify([subjects, rules]))}`;
  const metadata = namespace === '' ? { name } : { name, namespace };
  const role = { apiVersion: API_VERSION, kind: `${prefix}Role`, metadata, rules };
  if (subjects.length === 0) {
    return [role];
  }
  const roleRef = { apiGroup: API_GROUP, kind: `${prefix}Role`, name };
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

function describe({ kind, name, namespace }: Subject): string {
  return kind === 'User' ? `user ${name}` : `service account ${name} in namespace ${namespace}`;
}

export interface Rights {
  yaml: string;
  /** Whom it gives the rights to; empty if no message says who was refused, so that nobody can be bound. */
  bound: string[];
}

/** Roles and bindings that give what is missing: one of each for each namespace. */
export function rightsFor(cells: readonly Cell[]): Rights {
  const subjects = new Map<string, Subject>();
  for (const { message } of cells) {
    const subject = subjectOf(message);
    if (subject !== undefined) {
      subjects.set(describe(subject), subject);
    }
  }
  const sorted = [...subjects.values()].sort((a, b) => compare(describe(a), describe(b)));
  const byNamespace = groupBy(cells, ({ namespace }) => namespace);
  const yaml = [...byNamespace]
    .sort(([a], [b]) => compare(a, b))
    .flatMap(([namespace, ofNamespace]) => documents(namespace, ofNamespace, sorted))
    .map(toShortYaml)
    .join('---\n');
  return { yaml, bound: sorted.map(describe) };
}
