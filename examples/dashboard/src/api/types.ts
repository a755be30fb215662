/** What the backend answers, as far as the dashboard looks at it. */

export interface Entity {
  ref: string;
  kind: string;
  namespace: string;
  name: string;
  title?: string;
  type?: string;
  lifecycle?: string;
  owner?: string;
  system?: string;
  annotations?: Record<string, string>;
}

export interface Cluster {
  name: string;
  title?: string;
  dashboardUrl?: string;
  authProvider: string;
  oidcTokenProvider?: string;
}

export type CellStatus =
  | 'OK'
  | 'INVALID'
  | 'CREDENTIAL'
  | 'UNAUTHORIZED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'NOT_SERVED'
  | 'BAD_REQUEST'
  | 'THROTTLED'
  | 'SERVER_ERROR'
  | 'TIMEOUT'
  | 'UNREACHABLE'
  | 'TLS'
  | 'INVALID_RESPONSE'
  | 'CANCELLED'
  | 'EXTENSION';

/** One list: a type in a namespace of a cluster. An empty namespace is the whole cluster. */
export interface Cell {
  cluster: string;
  namespace: string;
  group: string;
  apiVersion: string;
  plural: string;
  status: CellStatus;
  httpStatus: number;
  reason: string;
  message: string;
  count: number;
  truncated: boolean;
  durationMillis: number;
}

export interface Problem {
  severity: 'ERROR' | 'WARNING' | 'INFO';
  source: string;
  message: string;
}

export interface Matrix {
  entity: string;
  complete: boolean;
  cells: Cell[];
  problems: Problem[];
}

export interface OwnerReference {
  kind?: string;
  name?: string;
  uid?: string;
  controller?: boolean;
}

export interface Metadata {
  name?: string;
  namespace?: string;
  uid?: string;
  resourceVersion?: string;
  creationTimestamp?: string;
  deletionTimestamp?: string;
  generation?: number;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  ownerReferences?: OwnerReference[];
  managedFields?: unknown[];
}

export interface Condition {
  type?: string;
  status?: string;
  reason?: string;
  message?: string;
  lastTransitionTime?: string;
}

export interface KubeObject {
  apiVersion?: string;
  kind?: string;
  metadata?: Metadata;
  spec?: Record<string, unknown>;
  status?: Record<string, unknown>;
  [field: string]: unknown;
}

export interface ContainerState {
  waiting?: { reason?: string; message?: string };
  running?: { startedAt?: string };
  terminated?: {
    reason?: string;
    message?: string;
    exitCode?: number;
    signal?: number;
    startedAt?: string;
    finishedAt?: string;
  };
}

export interface ContainerStatus {
  name: string;
  image?: string;
  ready?: boolean;
  started?: boolean;
  restartCount?: number;
  state?: ContainerState;
  lastState?: ContainerState;
}

export interface Container {
  name: string;
  image?: string;
  restartPolicy?: string;
}

export interface Pod extends KubeObject {
  spec?: {
    nodeName?: string;
    containers?: Container[];
    initContainers?: Container[];
    ephemeralContainers?: Container[];
    [field: string]: unknown;
  };
  status?: {
    phase?: string;
    reason?: string;
    message?: string;
    podIP?: string;
    startTime?: string;
    conditions?: Condition[];
    containerStatuses?: ContainerStatus[];
    initContainerStatuses?: ContainerStatus[];
    ephemeralContainerStatuses?: ContainerStatus[];
    [field: string]: unknown;
  };
}

export type Amount = number | string;

export interface Usage {
  currentUsage: Amount;
  requestTotal: Amount;
  limitTotal: Amount;
}

export interface PodMetrics {
  pod: { metadata?: Metadata };
  cpu: Usage;
  memory: Usage;
  containers: { container: string; cpuUsage: Usage; memoryUsage: Usage }[];
}

export interface FetchError {
  errorType?: string;
  message?: string;
  resourcePath?: string;
  statusCode?: number;
}

export interface ResourceList {
  type: string;
  resources: KubeObject[];
}

export interface ClusterObjects {
  cluster: { name: string; title?: string; dashboardUrl?: string };
  resources: ResourceList[];
  podMetrics: PodMetrics[];
  errors: FetchError[];
}

export interface LookupAnswer {
  matrix: Matrix;
  backstage: { items: ClusterObjects[] };
}

export interface KubeEvent {
  metadata?: Metadata;
  type?: string;
  reason?: string;
  message?: string;
  count?: number;
  firstTimestamp?: string;
  lastTimestamp?: string;
  eventTime?: string;
  series?: { count?: number; lastObservedTime?: string };
  source?: { component?: string };
  reportingComponent?: string;
}
