// Generated from src/kinds/severity-scale/severity-scale.schema.json by scripts/codegen.mjs: do not edit.

/**
 * How bad an alert can be, most severe level first, and who is told.
 */
export interface SeverityScaleDocument {
  /**
   * The version of the spec language; it may be left out.
   */
  apiVersion?: 'qmon/v1';
  /**
   * Makes this document a SeverityScale.
   */
  kind: 'SeverityScale';
  metadata: Metadata;
  /**
   * How bad an alert can be.
   */
  spec: {
    /**
     * The levels, most severe first; a more severe alert silences less severe ones about the same thing.
     *
     * @minItems 1
     *
     * Items: One level.
     */
    levels: {
      /**
       * Value of the severity label, such as `P1_CRITICAL`.
       */
      name: string;
      /**
       * When this level is right.
       */
      description?: string;
      /**
       * Examples of such alerts.
       *
       * Items: An example.
       */
      examples?: string[];
      /**
       * How soon somebody reacts: a duration such as `15m`, or words such as `next business day`.
       */
      respondWithin?: string;
      /**
       * How it escalates, for people; written into runbooks and incident procedures.
       */
      escalation?: string;
      /**
       * Who is told: channels and team roles. An empty list tells nobody, on purpose. Without it the default route tells.
       *
       * Items: A Channel, or a team's role: `team.page`, `team.chat`, `team.mail`.
       */
      notify?: string[];
      /**
       * How long to wait for more alerts of the same group before the first message. Default: 10s, 30s, 5m and 10m by rank, the most severe level first.
       */
      groupWait?: string;
      /**
       * How long to wait before a message about changes in a group. Default: 1m, 5m, 15m and 1h by rank.
       */
      groupInterval?: string;
      /**
       * How long to wait before telling again of what still fires. Default: 1h, 4h, 12h and 24h by rank.
       */
      repeat?: string;
      /**
       * What people do in an incident of this level, phase by phase.
       *
       * @minItems 1
       *
       * Items: One phase.
       */
      procedure?: {
        /**
         * Name of the phase.
         */
        phase: string;
        /**
         * When it begins, after the alert.
         */
        from?: string;
        /**
         * When it ends, after the alert.
         */
        to?: string;
        /**
         * What is done.
         *
         * @minItems 1
         *
         * Items: A step.
         */
        steps: string[];
      }[];
      /**
       * How soon the post-mortem is held.
       */
      postmortemWithin?: string;
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
