import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { SandboxOpened, SandboxOrder, SandboxSeen } from './sandbox-process.ts';

/** A process that plays Kling; many schedules share it, each with an account of its own. */
export class KlingProcess {
  private readonly child: ChildProcess;
  private readonly answers = new Map<number, (answer: unknown) => void>();
  private readonly ended: Promise<never>;
  private asked = 0;

  /** @param script the bundled sandbox-process.ts */
  constructor(script: string) {
    this.child = fork(script, { execArgv: [] });
    this.child.on('message', ({ id, result }: { id: number; result: unknown }) => {
      this.answers.get(id)?.(result);
      this.answers.delete(id);
    });
    this.ended = once(this.child, 'exit').then(() => {
      throw new Error('the process that plays Kling has ended');
    });
    this.ended.catch(() => {});
  }

  async open(options: Extract<SandboxOrder, { open: unknown }>['open']): Promise<SandboxOpened> {
    return (await this.ask({ open: options })) as SandboxOpened;
  }

  /** What the sandbox has seen; it is closed. */
  async record(baseUrl: string): Promise<SandboxSeen> {
    return (await this.ask({ record: baseUrl })) as SandboxSeen;
  }

  private async ask(order: SandboxOrder): Promise<unknown> {
    this.asked += 1;
    const id = this.asked;
    const answer = new Promise((resolve, reject) => {
      this.answers.set(id, resolve);
      this.child.send({ id, order }, (error) => error && reject(error));
    });
    return await Promise.race([answer, this.ended]);
  }

  close(): void {
    this.child.disconnect();
  }
}
