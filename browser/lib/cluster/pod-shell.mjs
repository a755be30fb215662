const COMMANDS = {
  cat: () => ({ output: '' }),
  echo: words => ({ output: words.join(' ') }),
  exit: ([code]) => ({ exit: Number(code ?? 0) }),
  hostname: (words, pod) => ({ output: pod }),
  printenv: ([name], pod, env) => (name in env ? { output: env[name] } : { output: '', code: 1 }),
};

/** The least that answers to `echo` in a container: it prints, and says how the last command ended. */
export class PodShell {
  #line = '';
  #code = 0;

  constructor(pod, { tty, env, print, end }) {
    Object.assign(this, { pod, tty, env, print, end });
    this.#prompt();
  }

  /** Runs one command and ends, as `kubectl exec pod -- command` does. */
  static run(pod, words, { env, print, end }) {
    const { output, code, exit } = execute(words, pod, env);
    if (output) print(`${output}\n`);
    end(exit ?? code ?? 0);
  }

  type(text) {
    for (const character of text) {
      if (character === '\r' || character === '\n') this.#enter();
      else if (character === '\x7f') this.#erase();
      else if (character === '\x04' && this.#line === '') this.end(this.#code);
      else this.#append(character);
    }
  }

  #append(character) {
    this.#line += character;
    if (this.tty) this.print(character);
  }

  #erase() {
    if (this.#line === '') return;
    this.#line = this.#line.slice(0, -1);
    if (this.tty) this.print('\b \b');
  }

  #enter() {
    const words = this.#line.split(/\s+/).filter(Boolean);
    this.#line = '';
    if (this.tty) this.print('\r\n');
    if (words.length > 0) {
      const { output, code = 0, exit } = execute(words, this.pod, this.env);
      if (exit !== undefined) {
        this.end(exit);
        return;
      }
      if (output) this.print(`${output}${this.tty ? '\r\n' : '\n'}`);
      this.#code = code;
    }
    this.#prompt();
  }

  #prompt() {
    if (this.tty) this.print('$ ');
  }
}

function execute([name, ...rest], pod, env) {
  return Object.hasOwn(COMMANDS, name) ? COMMANDS[name](rest, pod, env) : { output: `sh: ${name}: not found`, code: 127 };
}
