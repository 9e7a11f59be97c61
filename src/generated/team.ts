// Generated from src/kinds/team/team.schema.json by scripts/codegen.mjs: do not edit.

/**
 * Who owns services, and by which channels they are reached.
 */
export interface TeamDocument {
  /**
   * The version of the spec language; it may be left out.
   */
  apiVersion?: 'qmon/v1';
  /**
   * Makes this document a Team.
   */
  kind: 'Team';
  metadata: Metadata;
  /**
   * Who owns services, and by which channels they are reached.
   */
  spec?: {
    /**
     * How people call the team. Default: from the name.
     */
    title?: string;
    /**
     * What the team is responsible for.
     */
    description?: string;
    /**
     * Channel that pages the team; severities refer to it as `team.page`.
     */
    page?: string;
    /**
     * Channel of the team's chat; severities refer to it as `team.chat`.
     */
    chat?: string;
    /**
     * Channel of the team's mail; severities refer to it as `team.mail`.
     */
    mail?: string;
    /**
     * Further channels by roles of your own: role to Channel; severities and routes refer to them as `team.ROLE`. Default: none.
     */
    roles?: {
      /**
       * Channel that fills the role.
       */
      [k: string]: string;
    };
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
