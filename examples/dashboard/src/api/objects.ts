import { type Shape, shaped } from './shape';
import type { KubeEvent, KubeObject } from './types';

const OWNER: Shape = { fields: { kind: 'text', name: 'text', uid: 'text', controller: 'flag' } };

const METADATA: Shape = {
  fields: {
    name: 'text',
    namespace: 'text',
    uid: 'text',
    resourceVersion: 'text',
    creationTimestamp: 'text',
    deletionTimestamp: 'text',
    generation: 'number',
    labels: 'texts',
    annotations: 'texts',
    ownerReferences: { list: OWNER },
  },
};

const CONDITIONS: Shape = {
  list: {
    fields: {
      type: 'text',
      status: 'text',
      reason: 'text',
      message: 'text',
      lastTransitionTime: 'text',
    },
  },
};

const STATE: Shape = {
  fields: {
    waiting: { fields: { reason: 'text', message: 'text' } },
    running: { fields: { startedAt: 'text' } },
    terminated: {
      fields: {
        reason: 'text',
        message: 'text',
        exitCode: 'number',
        signal: 'number',
        startedAt: 'text',
        finishedAt: 'text',
      },
    },
  },
};

const CONTAINERS: Shape = {
  list: { fields: { name: 'name', image: 'text', restartPolicy: 'text' } },
};

const CONTAINER_STATUSES: Shape = {
  list: {
    fields: {
      name: 'name',
      image: 'text',
      ready: 'flag',
      started: 'flag',
      restartCount: 'number',
      state: STATE,
      lastState: STATE,
    },
  },
};

const OBJECT: Shape = {
  fields: {
    apiVersion: 'text',
    kind: 'text',
    metadata: METADATA,
    spec: { fields: {} },
    status: { fields: { conditions: CONDITIONS } },
  },
};

const POD: Shape = {
  fields: {
    apiVersion: 'text',
    kind: 'text',
    metadata: METADATA,
    spec: {
      fields: {
        nodeName: 'text',
        containers: CONTAINERS,
        initContainers: CONTAINERS,
        ephemeralContainers: CONTAINERS,
      },
    },
    status: {
      fields: {
        phase: 'text',
        reason: 'text',
        message: 'text',
        podIP: 'text',
        startTime: 'text',
        conditions: CONDITIONS,
        containerStatuses: CONTAINER_STATUSES,
        initContainerStatuses: CONTAINER_STATUSES,
        ephemeralContainerStatuses: CONTAINER_STATUSES,
      },
    },
  },
};

const EVENT: Shape = {
  fields: {
    metadata: METADATA,
    type: 'text',
    reason: 'text',
    message: 'text',
    count: 'number',
    firstTimestamp: 'text',
    lastTimestamp: 'text',
    eventTime: 'text',
    series: { fields: { count: 'number', lastObservedTime: 'text' } },
    source: { fields: { component: 'text' } },
    reportingComponent: 'text',
  },
};

/** Objects that had to be changed to be read, and what the cluster told. */
const told = new WeakMap<KubeObject, KubeObject>();

/** The objects of a list, each as its type promises. */
export function readObjects(type: string, objects: unknown): KubeObject[] {
  const before: unknown[] = Array.isArray(objects) ? objects : [];
  return before.flatMap((object): KubeObject[] => {
    const after = shaped(object, type === 'pods' ? POD : OBJECT) as KubeObject | undefined;
    if (after !== undefined && after !== object) {
      told.set(after, object as KubeObject);
    }
    return after === undefined ? [] : [after];
  });
}

/** The object as the cluster told it: what is shown as a whole must be the truth. */
export function asTold(object: KubeObject): KubeObject {
  return told.get(object) ?? object;
}

export function readEvents(events: unknown): KubeEvent[] {
  return (shaped(events, { list: EVENT }) as KubeEvent[] | undefined) ?? [];
}
