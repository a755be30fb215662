import type { Container, ContainerState, ContainerStatus, Pod } from '../api/types';
import { type Verdict, verdict } from './health';

export interface ContainerView {
  name: string;
  role: 'container' | 'init container' | 'sidecar' | 'debug container';
  image: string;
  status: ContainerStatus | undefined;
}

function views(
  containers: readonly Container[] = [],
  statuses: readonly ContainerStatus[] = [],
  role: (container: Container) => ContainerView['role'],
): ContainerView[] {
  return containers.map((container) => {
    const status = statuses.find(({ name }) => name === container.name);
    const image = container.image ?? status?.image ?? '';
    return { name: container.name, role: role(container), image, status };
  });
}

/** All containers of a pod, those that matter most first. */
export function containersOf({ spec, status }: Pod): ContainerView[] {
  return [
    ...views(spec?.containers, status?.containerStatuses, () => 'container'),
    ...views(spec?.initContainers, status?.initContainerStatuses, ({ restartPolicy }) =>
      restartPolicy === 'Always' ? 'sidecar' : 'init container',
    ),
    ...views(
      spec?.ephemeralContainers,
      status?.ephemeralContainerStatuses,
      () => 'debug container',
    ),
  ];
}

/** A state of a container in words. */
export function describeState(
  state: ContainerState | undefined,
  ready: boolean | undefined,
): Verdict {
  if (state?.waiting !== undefined) {
    const { reason = 'Waiting', message = '' } = state.waiting;
    const starts = reason === 'ContainerCreating' || reason === 'PodInitializing';
    return verdict(starts ? 'progressing' : 'failing', reason, message);
  }
  if (state?.terminated !== undefined) {
    const { reason, exitCode = 0, signal, message = '' } = state.terminated;
    const code = signal ? `signal ${signal}` : `exit code ${exitCode}`;
    const word = reason ?? (exitCode === 0 ? 'Completed' : 'Error');
    return verdict(exitCode === 0 ? 'finished' : 'failing', `${word}, ${code}`, message);
  }
  if (state?.running !== undefined) {
    return ready === false
      ? verdict('warning', 'Running, not ready')
      : verdict('healthy', 'Running');
  }
  return verdict('unknown', 'No state told');
}
