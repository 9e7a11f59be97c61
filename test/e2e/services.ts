import { present } from '../../src/base/assert.ts';
import type { Model } from '../../src/model/types.ts';
import { exposition, type Health, jobsOf } from './exposition.ts';
import { type Loopback, serve } from './loopback.ts';

/** Every job of a model as one endpoint that misbehaves on cue. */
export interface Services {
  readonly jobs: readonly string[];
  /** For the end of `prometheus.yml`: qmon leaves scrape jobs to its users. */
  readonly scrapeConfigs: string;
  become(job: string, health: Health | 'down'): void;
  close(): Promise<void>;
}

export async function startServices(model: Model): Promise<Services> {
  const jobs = model.services.all.flatMap(jobsOf);
  const pages = new Map(jobs.map((job) => [job, exposition(model, job)]));
  const health = new Map<string, Health | 'down'>();
  const server = await serve((request, response) => {
    const job = (request.url ?? '').slice(1);
    const state = health.get(job) ?? 'healthy';
    const page = pages.get(job);
    if (state === 'down' || !page) return void request.socket.destroy();
    response.setHeader('Content-Type', 'text/plain; version=0.0.4').end(page(state));
  });
  return {
    jobs,
    scrapeConfigs: scrapeConfigs(jobs, server),
    become: (job, state) => {
      present(pages.get(job), `the job ${job}`);
      health.set(job, state);
    },
    close: server.close,
  };
}

function scrapeConfigs(jobs: readonly string[], { address }: Loopback): string {
  const configs = jobs.map(
    (job) => `  - job_name: ${job}\n    metrics_path: /${job}\n    static_configs: [{ targets: ["${address}"] }]\n`,
  );
  return `scrape_configs:\n${configs.join('')}`;
}
