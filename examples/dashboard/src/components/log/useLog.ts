import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { openLog } from '../../api/backend';
import { ApiError } from '../../api/http';
import type { Cluster } from '../../api/types';
import { LogStream, type LogView } from '../../log/LogStream';
import type { PodView } from '../../model/group';
import { useTokensVersion } from '../../state/queries';
import type { LogOptions } from './LogToolbar';

const NOTHING: LogView = { state: { phase: 'connecting' }, lines: [], dropped: 0 };
const nothing = () => NOTHING;
const unsubscribed = () => () => undefined;

/** Reads a log as long as it is looked at; another container or choice is another log. */
export function useLog(
  cluster: Cluster,
  { namespace, name: pod, pod: object }: PodView,
  container: string,
  { previous, follow, tailLines }: LogOptions,
): { view: LogView; restart: () => void } {
  const version = useTokensVersion();
  const [stream, setStream] = useState<LogStream>();
  const [runs, setRuns] = useState(0);
  // A pod of a StatefulSet has the name of the one that it replaces.
  const uid = object.metadata?.uid;
  useEffect(() => {
    if (container === '') {
      return undefined;
    }
    const request = { namespace, pod, container, previous, follow, tailLines };
    const opened = new LogStream({
      follow: follow && !previous,
      open: (sinceTime, signal) =>
        openLog(cluster, sinceTime === undefined ? request : { ...request, sinceTime }, signal),
    });
    // eslint-disable-next-line react-hooks/set-state-in-effect -- the stream starts and stops with the effect
    setStream(opened);
    void opened.run();
    return () => opened.stop();
  }, [cluster, namespace, pod, container, previous, follow, tailLines, version, runs, uid]);
  const view = useSyncExternalStore(stream?.subscribe ?? unsubscribed, stream?.view ?? nothing);
  return { view, restart: useCallback(() => setRuns((count) => count + 1), []) };
}

/** A previous run that is not there is no failure to worry about. */
export function isNoPreviousRun(error: unknown): boolean {
  return error instanceof ApiError && error.status === 400 && error.message.includes('previous');
}
