/**
 * The document that Alertmanager reads, as far as qmon emits it; every field is known to 0.25 unless it says otherwise.
 * Source: https://prometheus.io/docs/alerting/0.25/configuration/
 */
export interface AlertmanagerDocument {
  readonly global?: AlertmanagerGlobal;
  /** Relative to the configuration file. */
  readonly templates?: readonly string[];
  readonly route: AlertmanagerRoute;
  readonly inhibit_rules?: readonly InhibitRule[];
  readonly receivers: readonly AlertmanagerReceiver[];
}

export interface AlertmanagerGlobal {
  readonly resolve_timeout?: string;
  readonly smtp_from?: string;
  readonly smtp_smarthost?: string;
  readonly smtp_auth_username?: string;
  readonly smtp_auth_password_file?: string;
  readonly smtp_require_tls?: boolean;
}

export interface AlertmanagerRoute {
  /** `severity="P1_CRITICAL"`; none at the root. */
  readonly matchers?: readonly string[];
  readonly receiver?: string;
  readonly group_by?: readonly string[];
  readonly group_wait?: string;
  readonly group_interval?: string;
  readonly repeat_interval?: string;
  readonly continue?: boolean;
  readonly routes?: readonly AlertmanagerRoute[];
}

export interface InhibitRule {
  readonly source_matchers: readonly string[];
  readonly target_matchers: readonly string[];
  readonly equal?: readonly string[];
}

export interface AlertmanagerReceiver {
  readonly name: string;
  readonly slack_configs?: readonly SlackConfig[];
  readonly pagerduty_configs?: readonly PagerdutyConfig[];
  readonly email_configs?: readonly EmailConfig[];
  readonly webhook_configs?: readonly WebhookConfig[];
}

export interface SlackConfig {
  readonly send_resolved: boolean;
  readonly api_url_file: string;
  readonly channel: string;
  readonly title: string;
  readonly text: string;
  readonly fallback: string;
}

export interface PagerdutyConfig {
  readonly send_resolved: boolean;
  readonly routing_key_file: string;
  readonly description: string;
  readonly details: Readonly<Record<string, string>>;
}

export interface EmailConfig {
  readonly send_resolved: boolean;
  /** How it is sent, where the global section does not say it. */
  readonly from?: string;
  readonly smarthost?: string;
  readonly auth_username?: string;
  readonly auth_password_file?: string;
  readonly require_tls?: boolean;
  /** Addresses, separated by commas. */
  readonly to: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly html: string;
  readonly text: string;
}

export interface WebhookConfig {
  readonly send_resolved: boolean;
  readonly url?: string;
  /** See `ALERTMANAGER_FEATURES`. */
  readonly url_file?: string;
  readonly http_config?: { readonly authorization: { readonly type: 'Bearer'; readonly credentials_file: string } };
}

/** The first release in which each feature beyond 0.25 may be used, and why not before. */
export const ALERTMANAGER_FEATURES = {
  /**
   * 0.26 and 0.27 accept the field, but crash when such a webhook fails.
   * Source: https://github.com/prometheus/alertmanager/issues/3798
   */
  webhookUrlFile: { field: 'url_file', since: { major: 0, minor: 28 } },
} as const;

type Plain = Readonly<Record<string, unknown>>;

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isRoute(value: unknown): value is AlertmanagerRoute {
  if (!isPlain(value)) return false;
  const { matchers = [], routes = [] } = value;
  return Array.isArray(matchers) && Array.isArray(routes) && routes.every(isRoute);
}

/** Plain data as an Alertmanager configuration; nothing when it is none. It trusts what it does not need to tell parts apart. */
export function readAlertmanager(value: unknown): AlertmanagerDocument | undefined {
  if (!isPlain(value) || !isRoute(value.route) || !Array.isArray(value.receivers)) return undefined;
  const named = value.receivers.every((each) => isPlain(each) && typeof each.name === 'string');
  const { inhibit_rules = [] } = value;
  const rules = Array.isArray(inhibit_rules) && inhibit_rules.every(isPlain);
  return named && rules ? (value as unknown as AlertmanagerDocument) : undefined;
}
