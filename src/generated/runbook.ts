// Generated from src/kinds/runbook/runbook.schema.json by scripts/codegen.mjs: do not edit.

/**
 * What to do when an alert fires.
 */
export interface RunbookDocument {
  /**
   * The version of the spec language; it may be left out.
   */
  apiVersion?: 'qmon/v1';
  /**
   * Makes this document a Runbook.
   */
  kind: 'Runbook';
  metadata: Metadata;
  /**
   * What to do when an alert fires.
   */
  spec: {
    /**
     * Title of the page. Default: from the name.
     */
    title?: string;
    /**
     * Service that it is about.
     */
    service?: string;
    /**
     * When this page is the right one.
     */
    overview: string;
    /**
     * What the alert means, technically.
     */
    meaning?: string;
    /**
     * What users notice.
     */
    impact?: string;
    /**
     * How the trouble shows.
     *
     * Items: A symptom.
     */
    symptoms?: string[];
    /**
     * How to find the cause, step by step.
     *
     * Items: A step.
     */
    investigate?: {
      /**
       * What to do.
       */
      do: string;
      /**
       * Command to run; `$service` is the service's name.
       */
      run?: string;
      /**
       * Dashboard to look at.
       */
      dashboard?: string;
      /**
       * Page to open.
       */
      link?: string;
    }[];
    /**
     * What it usually is.
     *
     * Items: A cause.
     */
    causes?: string[];
    /**
     * How to mend it; the quickest way first.
     *
     * Items: A way to mend it.
     */
    resolve?: {
      /**
       * Name of the way.
       */
      title: string;
      /**
       * What to do, step by step.
       *
       * @minItems 1
       *
       * Items: A step.
       */
      steps: {
        /**
         * What to do.
         */
        do: string;
        /**
         * Command to run; `$service` is the service's name.
         */
        run?: string;
      }[];
    }[];
    /**
     * Whom to call in, and when.
     *
     * Items: A rule.
     */
    escalate?: string[];
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
