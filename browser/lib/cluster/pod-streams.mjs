import { WebSocketServer } from 'ws';
import { containerOf } from './pod-logs.mjs';
import { PodShell } from './pod-shell.mjs';
import { badRequest } from './statuses.mjs';

const PROTOCOLS = ['v5.channel.k8s.io', 'v4.channel.k8s.io', 'channel.k8s.io'];
const SHELLS = ['sh', 'bash', '/bin/sh', '/bin/bash'];
const [STDIN, STDOUT, , ERROR, RESIZE] = [0, 1, 2, 3, 4];

/** exec and attach of pods over WebSockets, in the subprotocols of the API server. */
export class PodStreams {
  #sockets;
  #logs;

  constructor(logs) {
    this.#logs = logs;
    this.#sockets = new WebSocketServer({
      noServer: true,
      handleProtocols: offered => PROTOCOLS.find(protocol => offered.has(protocol)) ?? false,
    });
  }

  get open() {
    return this.#sockets.clients.size;
  }

  /** Takes an upgrade on; what it throws is told to the client as plain HTTP. */
  accept(pod, { subresource, query, request, socket, head, onResize }) {
    const container = containerOf(pod, query.get('container'));
    const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map(name => name.trim());
    if (!PROTOCOLS.some(protocol => offered.includes(protocol))) {
      throw badRequest(
        `unable to negotiate protocol: client supports [${offered.join(' ')}], server accepts [${PROTOCOLS.join(' ')}]`,
      );
    }
    this.#sockets.handleUpgrade(request, socket, head, ws => {
      const channels = new Channels(ws, onResize);
      if (subresource === 'exec') exec(pod, container, query, channels);
      else this.#attach(pod, container, channels);
    });
  }

  /** Ends every terminal at once, as a cluster that breaks down does. */
  breakOff() {
    for (const ws of this.#sockets.clients) ws.terminate();
  }

  #attach(pod, container, channels) {
    const { name, namespace } = pod.metadata;
    const say = entry => channels.print(`${entry.line}\n`);
    const leave = this.#logs.follow(namespace, name, container, say, () => channels.end(0));
    channels.onClose(leave);
    channels.onInput(text => channels.print(text));
  }
}

function exec(pod, container, query, channels) {
  const words = query.getAll('command');
  const spec = pod.spec.containers.find(candidate => candidate.name === container);
  const env = Object.fromEntries((spec.env ?? []).map(entry => [entry.name, entry.value]));
  const terminal = {
    env,
    tty: query.get('tty') === 'true',
    print: text => channels.print(text),
    end: code => channels.end(code),
  };
  if (words.length === 1 && SHELLS.includes(words[0])) {
    const shell = new PodShell(pod.metadata.name, terminal);
    channels.onInput(text => shell.type(text));
  } else {
    PodShell.run(pod.metadata.name, words, terminal);
  }
}

/** One WebSocket whose messages begin with the number of their channel. */
class Channels {
  #ws;

  constructor(ws, onResize) {
    this.#ws = ws;
    ws.on('message', data => {
      if (data[0] === RESIZE) onResize(JSON.parse(data.subarray(1).toString()));
    });
  }

  onInput(listener) {
    this.#ws.on('message', data => {
      if (data[0] === STDIN) listener(data.subarray(1).toString());
    });
  }

  onClose(listener) {
    this.#ws.on('close', listener);
  }

  print(text) {
    this.#send(STDOUT, text);
  }

  end(code) {
    const status = exitStatus(code);
    if (this.#ws.protocol !== 'channel.k8s.io') this.#send(ERROR, JSON.stringify(status));
    else if (status.message) this.#send(ERROR, status.message);
    this.#ws.close(1000);
  }

  #send(channel, text) {
    this.#ws.send(Buffer.concat([Buffer.from([channel]), Buffer.from(text)]));
  }
}

function exitStatus(code) {
  if (code === 0) return { metadata: {}, status: 'Success' };
  return {
    metadata: {},
    status: 'Failure',
    message: `command terminated with non-zero exit code: exit status ${code}`,
    reason: 'NonZeroExitCode',
    details: { causes: [{ reason: 'ExitCode', message: String(code) }] },
  };
}
