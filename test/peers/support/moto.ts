import { spawn, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import { run } from '../../support/harness';
import { AWS_ALONE, peer } from './peers';

/** moto's server: an IAM and an STS that none of us wrote. */
export class Moto {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  static async start(): Promise<Moto> {
    const port = await freePort();
    const child = spawn(peer('moto_server'), ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
    const moto = new Moto(child, `http://127.0.0.1:${port}`);
    await moto.#up();
    return moto;
  }

  async #up(): Promise<void> {
    for (let tries = 0; tries < 300; tries += 1) {
      if (this.child.exitCode !== null) throw new Error('moto_server ended');
      const answered = await fetch(`${this.url}/moto-api/data.json`).then(
        ({ ok }) => ok,
        () => false,
      );
      if (answered) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error('moto_server does not answer');
  }

  /** From now on signatures, keys and policies are checked, or nothing is. */
  async checks(on: boolean): Promise<void> {
    const body = on ? '0' : 'inf';
    const { ok } = await fetch(`${this.url}/moto-api/reset-auth`, { method: 'POST', body });
    if (!ok) throw new Error('moto refused to switch its checks');
  }

  /** Set up by the AWS CLI, as moto's manual has it. Gives what `--query` asked for. */
  async aws(...args: readonly string[]): Promise<string> {
    const env = {
      ...AWS_ALONE,
      PATH: process.env['PATH'],
      HOME: '/nonexistent',
      AWS_ENDPOINT_URL: this.url,
      AWS_ACCESS_KEY_ID: 'setup',
      AWS_SECRET_ACCESS_KEY: 'setup',
    };
    const { code, stdout, stderr } = await run([peer('aws'), ...args, '--output', 'text'], { env });
    if (code !== 0) throw new Error(`aws ${args.join(' ')}: ${stderr}`);
    return stdout.trim();
  }

  stop(): void {
    this.child.kill();
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
