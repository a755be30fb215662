import type { Cell, Cluster, KubeObject } from '../../api/types';
import type { UrlState, View } from '../../state/urlState';
import type { Navigate } from '../../state/useUrlState';
import { LogPane } from '../log/LogPane';
import { Events } from './Events';
import type { Opened } from './find';
import { ObjectDetails } from './ObjectDetails';
import { PodDetails } from './PodDetails';
import { YamlView } from './YamlView';

interface Props {
  opened: Opened;
  view: View;
  url: UrlState;
  navigate: Navigate;
  cells: readonly Cell[];
  cluster: Cluster;
}

function objectOf(opened: Opened): { type: string; object: KubeObject | undefined } {
  switch (opened.type) {
    case 'pod':
      return { type: 'pods', object: opened.pod.pod };
    case 'workload':
      return opened.workload;
    case 'object':
      return opened.object;
  }
}

function Details({ opened, cluster, navigate }: Pick<Props, 'opened' | 'cluster' | 'navigate'>) {
  switch (opened.type) {
    case 'pod':
      return (
        <PodDetails
          view={opened.pod}
          cluster={cluster}
          onLog={(container) => navigate({ view: 'log', container })}
        />
      );
    case 'workload':
      return (
        <ObjectDetails
          type={opened.workload.type}
          object={opened.workload.object ?? {}}
          verdict={opened.workload.verdict}
          cluster={cluster}
        />
      );
    case 'object':
      return <ObjectDetails {...opened.object} cluster={cluster} />;
  }
}

export function PanelBody({ opened, view, url, navigate, cells, cluster }: Props) {
  const { type, object } = objectOf(opened);
  switch (view) {
    case 'details':
      return (
        <div className="panel-body">
          <Details opened={opened} cluster={cluster} navigate={navigate} />
        </div>
      );
    case 'events':
      return (
        <div className="panel-body">
          <Events object={object ?? {}} cluster={cluster} />
        </div>
      );
    case 'yaml':
      return (
        <YamlView
          type={type}
          object={object ?? {}}
          cluster={url.target?.cluster ?? ''}
          cells={cells}
        />
      );
    case 'log':
      return opened.type === 'pod' ? (
        <LogPane
          pod={opened.pod}
          cluster={cluster}
          container={url.container}
          onContainer={(container) => navigate({ container }, 'replace')}
        />
      ) : null;
  }
}
