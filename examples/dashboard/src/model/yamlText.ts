import { stringify } from 'yaml';
import { asTold } from '../api/objects';
import { isFields } from '../api/shape';
import type { KubeObject } from '../api/types';

export function hasManagedFields(object: KubeObject): boolean {
  const { metadata } = asTold(object);
  return isFields(metadata) && metadata.managedFields !== undefined;
}

export function toYaml(object: KubeObject, managedFields: boolean): string {
  const { metadata } = object;
  const shown =
    managedFields || !isFields(metadata)
      ? object
      : { ...object, metadata: { ...metadata, managedFields: undefined } };
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
