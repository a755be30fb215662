import { useMemo, useRef, useState } from 'react';
import { asTold } from '../../api/objects';
import type { Cell, KubeObject } from '../../api/types';
import { withKind } from '../../model/kinds';
import { formatCount } from '../../model/quantity';
import { cut, visible } from '../../model/text';
import { hasManagedFields, toYaml, yamlParts } from '../../model/yamlText';
import { CopyButton } from '../CopyButton';
import { VirtualLines } from '../VirtualLines';

const MAX_LINE = 4_000;

interface Props {
  type: string;
  object: KubeObject;
  cluster: string;
  cells: readonly Cell[];
}

/** Any object as YAML. What is copied is whole; what is shown has long lines cut. */
export function YamlView({ type, object, cluster, cells }: Props) {
  const [managedFields, setManagedFields] = useState(false);
  const [wrap, setWrap] = useState(true);
  const scroll = useRef<HTMLDivElement>(null);
  const yaml = useMemo(
    () => toYaml(withKind(type, asTold(object), cluster, cells), managedFields),
    [type, object, cluster, cells, managedFields],
  );
  const lines = useMemo(() => yaml.trimEnd().split('\n'), [yaml]);
  return (
    <div className="pane">
      <div className="pane-tools">
        <CopyButton text={yaml} label="Copy YAML" />
        <label className="check">
          <input
            type="checkbox"
            checked={wrap}
            onChange={({ target }) => setWrap(target.checked)}
          />
          Wrap
        </label>
        <label className="check">
          <input
            type="checkbox"
            checked={managedFields}
            onChange={({ target }) => setManagedFields(target.checked)}
          />
          managedFields
        </label>
        {managedFields && !hasManagedFields(object) && (
          <span className="muted">The backend leaves them out.</span>
        )}
      </div>
      <VirtualLines
        label="YAML"
        role="region"
        count={lines.length}
        wrap={wrap}
        scroll={scroll}
        keyOf={(index) => index}
        render={(index) => <YamlLine line={lines[index] ?? ''} />}
      />
    </div>
  );
}

function YamlLine({ line }: { line: string }) {
  const { indent, key, rest } = yamlParts(line);
  const { text, more } = cut(rest, MAX_LINE);
  return (
    <>
      {indent}
      {key !== '' && <span className="yaml-key">{visible(key)}</span>}
      {text}
      {more > 0 && <em> … {formatCount(more)} more characters</em>}
    </>
  );
}
