import { stringify } from 'yaml';
import type { KubeObject } from '../api/types';

export function hasManagedFields(object: KubeObject): boolean {
  return object.metadata?.managedFields !== undefined;
}

export function toYaml(object: KubeObject, managedFields: boolean): string {
  const shown = managedFields
    ? object
    : { ...object, metadata: object.metadata && { ...object.metadata, managedFields: undefined } };
  return stringify(shown, { aliasDuplicateObjects: false, lineWidth: 0, keepUndefined: false });
}

export interface YamlParts {
  indent: string;
  key: string;
  rest: string;
}

const KEY = /^(\s*(?:- )*)((?:"[^"]*"|[\w./$-][^\s:]*):)(?=\s|$)/;

/** Splits a line at its key, so that keys can be told from values by sight. */
export function yamlParts(line: string): YamlParts {
  const [all = '', indent = '', key = ''] = KEY.exec(line) ?? [];
  return { indent, key, rest: line.slice(all.length) };
}
