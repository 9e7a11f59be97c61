/** What Prometheus says of a query. Source: https://prometheus.io/docs/prometheus/latest/querying/api/ */
export interface Answer {
  /** What went wrong; nothing where the query succeeded. */
  readonly error?: string;
  /** What Prometheus remarks on a query that succeeds, such as a rate of what is no counter. */
  readonly warnings: readonly string[];
  /** Series, or one for a scalar. */
  readonly count: number;
}

export interface RunningRule {
  readonly type: 'alerting' | 'recording';
  readonly name: string;
  readonly query: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly health: 'ok' | 'err' | 'unknown';
  readonly lastError?: string;
}

export interface RunningAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly state: 'pending' | 'firing';
  readonly value: string;
}

export interface RunningGroup {
  readonly name: string;
  readonly file: string;
  readonly rules: readonly RunningRule[];
}

/** How Grafana asks for a chart: this far back, in steps of this length. */
export interface Range {
  readonly seconds: number;
  readonly step: number;
}

interface Envelope {
  readonly status: 'success' | 'error';
  readonly error?: string;
  readonly warnings?: readonly string[];
  /** What Prometheus 3 only remarks. */
  readonly infos?: readonly string[];
  readonly data?: unknown;
}

/** The HTTP API of a running Prometheus, as far as the tests need it. */
export class PrometheusApi {
  readonly #server: string;
  readonly #url: string;

  constructor(server: string) {
    this.#server = server;
    this.#url = `${server}/api/v1`;
  }

  /** Makes it read its configuration and rules again. */
  async reload(): Promise<void> {
    const response = await fetch(`${this.#server}/-/reload`, { method: 'POST' });
    if (!response.ok) throw new Error(await response.text());
  }

  async query(query: string): Promise<Answer> {
    return answer(await this.#post('query', { query }));
  }

  async queryRange(query: string, { seconds, step }: Range): Promise<Answer> {
    const end = Date.now() / 1000;
    const range = { start: String(end - seconds), end: String(end), step: String(step) };
    return answer(await this.#post('query_range', { query, ...range }));
  }

  async labelValues(label: string, match?: string): Promise<readonly string[]> {
    const query = match === undefined ? '' : `?${new URLSearchParams({ 'match[]': match })}`;
    return this.#get(`label/${label}/values${query}`);
  }

  async groups(): Promise<readonly RunningGroup[]> {
    const { groups } = await this.#get<{ groups: readonly RunningGroup[] }>('rules');
    return groups;
  }

  async alerts(): Promise<readonly RunningAlert[]> {
    const { alerts } = await this.#get<{ alerts: readonly RunningAlert[] }>('alerts');
    return alerts;
  }

  /** How many Alertmanagers it would tell now. */
  async alertmanagers(): Promise<number> {
    const { activeAlertmanagers } = await this.#get<{ activeAlertmanagers: readonly unknown[] }>('alertmanagers');
    return activeAlertmanagers.length;
  }

  /** What it says of itself under a metric's name, one value for each series. */
  async own(metric: string): Promise<readonly number[]> {
    return ownMetrics(this.#server, metric);
  }

  async #get<T>(path: string): Promise<T> {
    const envelope = (await (await fetch(`${this.#url}/${path}`)).json()) as Envelope;
    if (envelope.status !== 'success') throw new Error(`${path}: ${envelope.error}`);
    return envelope.data as T;
  }

  async #post(path: string, parameters: Readonly<Record<string, string>>): Promise<Envelope> {
    const response = await fetch(`${this.#url}/${path}`, { method: 'POST', body: new URLSearchParams(parameters) });
    return (await response.json()) as Envelope;
  }
}

function answer({ status, error, data, ...remarks }: Envelope): Answer {
  const warnings = [...(remarks.warnings ?? []), ...(remarks.infos ?? [])];
  if (status !== 'success') return { error: error ?? 'no reason given', warnings, count: 0 };
  const { resultType, result } = data as { resultType: string; result: readonly unknown[] };
  return { warnings, count: resultType === 'scalar' ? 1 : result.length };
}

/** The values of a metric on a server's own `/metrics`. */
export async function ownMetrics(url: string, metric: string): Promise<readonly number[]> {
  const page = await (await fetch(`${url}/metrics`)).text();
  const lines = page.split('\n').filter((line) => line.startsWith(`${metric}{`) || line.startsWith(`${metric} `));
  return lines.map((line) => Number(line.slice(line.lastIndexOf(' ') + 1)));
}
