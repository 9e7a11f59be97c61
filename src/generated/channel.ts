// Generated from src/kinds/channel/channel.schema.json by scripts/codegen.mjs: do not edit.

/**
 * A way to reach people.
 */
export interface ChannelDocument {
  /**
   * The version of the spec language; it may be left out.
   */
  apiVersion?: 'qmon/v1';
  /**
   * Makes this document a Channel.
   */
  kind: 'Channel';
  metadata: Metadata;
  /**
   * Exactly one of `slack`, `pagerduty`, `email`, `webhook`.
   */
  spec: {
    /**
     * Who reads it.
     */
    description?: string;
    /**
     * A Slack channel, by an incoming webhook.
     */
    slack?: {
      /**
       * Channel or user, such as `#incidents`.
       */
      channel: string;
      /**
       * The webhook's address, as a secret.
       */
      apiUrl: Secret;
    };
    /**
     * A PagerDuty service, by the Events API v2.
     */
    pagerduty?: {
      /**
       * The integration's routing key, as a secret.
       */
      routingKey: Secret;
    };
    /**
     * Mail to people; needs `email` in the Project.
     */
    email?: {
      /**
       * Addresses.
       *
       * @minItems 1
       *
       * Items: An address.
       */
      to: string[];
    };
    /**
     * An HTTP endpoint that takes Alertmanager's JSON: `url` or `urlSecret`.
     */
    webhook?: {
      /**
       * Address without secrets.
       */
      url?: string;
      /**
       * Address as a secret; needs Alertmanager 0.28.
       */
      urlSecret?: Secret;
      /**
       * Token for the Authorization header, as a secret.
       */
      bearerToken?: Secret;
    };
    /**
     * Whether it is told when alerts are over. Default: what the NotificationPolicy says.
     */
    sendResolved?: boolean;
  };
}
/**
 * What the document is called.
 */
export interface Metadata {
  /**
   * Lower-case letters, digits and hyphens, at most 63 characters, starting and ending with a letter or digit.
   */
  name: string;
}
/**
 * A reference to a secret; its value never stands in a spec.
 */
export interface Secret {
  /**
   * Name of the file below `secretsDir` that holds the secret.
   */
  secret: string;
}
