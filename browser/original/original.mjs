// The original backend for a test, started and stopped as ../lib/backend.mjs does with ours.
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const SERVER = fileURLToPath(new URL('server.mjs', import.meta.url));

export async function startOriginal({ config, catalog }) {
  const directory = await mkdtemp(join(tmpdir(), 'original-backend-'));
  const files = [join(directory, 'app-config.json'), join(directory, 'entities.json')];
  await writeFile(files[0], JSON.stringify(config));
  await writeFile(files[1], JSON.stringify(catalog));
  const original = new Original(directory, files);
  try {
    await original.ready();
  } catch (error) {
    await original.stop();
    throw error;
  }
  return original;
}

class Original {
  #directory;
  #process;
  #exited;
  #listening;

  log = [];

  constructor(directory, files) {
    this.#directory = directory;
    this.#process = spawn(process.execPath, [SERVER, ...files], { stdio: ['ignore', 'ignore', 'pipe'] });
    process.once('exit', () => this.#process.kill('SIGKILL'));
    this.#exited = new Promise(resolve => this.#process.once('exit', resolve));
    this.#listening = new Promise(resolve => {
      createInterface({ input: this.#process.stderr }).on('line', line => {
        this.log.push(line);
        const address = /^listening on (\S+)$/.exec(line)?.[1];
        if (address) resolve(address);
      });
    });
  }

  async ready() {
    const ended = this.#exited.then(code => {
      throw new Error(`the original backend ended with ${code}:\n${this.log.join('\n')}`);
    });
    this.url = await Promise.race([this.#listening, ended]);
  }

  async stop() {
    this.#process.kill('SIGKILL');
    await this.#exited;
    await rm(this.#directory, { recursive: true, force: true });
  }
}
