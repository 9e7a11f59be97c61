// Generated from src/kinds/notification-policy/notification-policy.schema.json by scripts/codegen.mjs: do not edit.

/**
 * Who is told what no severity decides, and exceptions. One per workspace.
 */
export interface NotificationPolicyDocument {
  /**
   * The version of the spec language; it may be left out.
   */
  apiVersion?: 'qmon/v1';
  /**
   * Makes this document a NotificationPolicy.
   */
  kind: 'NotificationPolicy';
  metadata: Metadata;
  /**
   * Who is told what no severity decides, and exceptions.
   */
  spec: {
    /**
     * What holds where neither a route nor a severity says otherwise.
     */
    default?: {
      /**
       * Channels and team roles. Default: the workspace's only channel, where there is just one.
       *
       * Items: Name of a Channel, or a role of the owning team such as `team.chat`.
       */
      notify?: string[];
      /**
       * Labels whose alerts share a message.
       *
       * @minItems 1
       *
       * Items: A label; `service`, `severity`, `owner`, `category`, `slo` and `kpi` are qmon's own.
       */
      groupBy?: string[];
      /**
       * How long to wait for more alerts of the same group before the first message.
       */
      groupWait?: string;
      /**
       * How long to wait before a message about changes in a group.
       */
      groupInterval?: string;
      /**
       * How long to wait before telling again of what still fires.
       */
      repeat?: string;
      /**
       * Whether people are told when alerts are over.
       */
      sendResolved?: boolean;
      /**
       * After which silence of Prometheus an alert counts as over.
       */
      resolveTimeout?: string;
    };
    /**
     * Exceptions, asked in order before the severities' own routes.
     *
     * Items: An exception; the first that matches decides, unless it says `continue`.
     */
    routes?: {
      /**
       * Labels that an alert must have, all of them; `service`, `severity`, `owner`, `category`, `slo` and `kpi` are qmon's own.
       */
      when: {
        /**
         * The label's value.
         */
        [k: string]: string;
      };
      /**
       * Channels and team roles that are told.
       *
       * @minItems 1
       *
       * Items: Name of a Channel, or a role of the owning team such as `team.chat`.
       */
      notify: string[];
      /**
       * Whether later routes and the severity's own are asked as well.
       */
      continue?: boolean;
    }[];
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
