import { closest } from '../base/text.ts';
import { defineCode } from '../source/code.ts';

const HOW = `\
A finding that is right and yet of no use at one place can be silenced there, with a reason for whoever reads it next:

\`\`\`yaml
expr: up == 0 # qmon disable CODE the exporter is replaced in May
# qmon snooze 2027-01-31 CODE waits for the new cluster
expr: up == 0
\`\`\`

The comment stands on the line of the finding, or on a line of its own above it; of a text over several lines, at the line
where that begins. A snoozed finding comes back on that day.`;

export const malformedComment = defineCode<{ problem: string; usage: string }>({
  code: 'finding/comment-malformed',
  severity: 'warning',
  title: 'a comment for qmon that cannot be understood',
  explain: `${HOW} A comment that is not of this form silences nothing.`,
  message: ({ problem }) => problem,
  help: ({ usage }) => `write \`${usage}\``,
});

export const unknownCode = defineCode<{ name: string; known: readonly string[] }>({
  code: 'finding/unknown-code',
  severity: 'error',
  title: 'there is no finding of that code',
  explain:
    'A comment or a setting that names a code which does not exist has no effect. `qmon explain CODE` knows every code; a finding shows its own after its severity.',
  message: ({ name }) => `there is no finding \`${name}\``,
  help: ({ name, known }) => {
    const near = closest(name, known);
    return near === undefined ? 'write the code as the finding shows it' : `did you mean \`${near}\`?`;
  },
});

export const unusedComment = defineCode<{ name: string }>({
  code: 'finding/comment-unused',
  severity: 'warning',
  title: 'a comment silences a finding that is not there',
  explain: `What a comment silenced is mended, or the comment stands at another line than the finding. Left there, it would silence the next one.

${HOW}`,
  message: ({ name }) => `there is no \`${name}\` at this line`,
  help: () => 'remove the comment, or put it at the line of the finding',
});

export const notSuppressible = defineCode<{ name: string }>({
  code: 'finding/not-silenced',
  severity: 'warning',
  title: 'an error that no comment may silence',
  explain: `Output that is wrong is not written, whatever a comment says. Warnings and remarks can be silenced, and those errors that only say what a project insists on.

${HOW}`,
  message: ({ name }) => `\`${name}\` is an error here, and cannot be silenced`,
  help: () => 'mend the error and remove the comment',
});

export const snoozeOver = defineCode<{ name: string; until: string }>({
  code: 'finding/snooze-over',
  severity: 'info',
  title: 'the date of a snooze is past',
  explain: `The finding is reported again from that day on.

${HOW}`,
  message: ({ name, until }) => `\`${name}\` was snoozed until ${until}`,
  help: () => 'mend what is found, or choose a later date; then nothing is left to say here',
});

export const codes = [malformedComment, unknownCode, unusedComment, notSuppressible, snoozeOver];
