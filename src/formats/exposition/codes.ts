import { defineCode } from '../../source/code.ts';

export const UNREADABLE_LINE = defineCode<{ what: string; help?: string }>({
  code: 'exposition/unreadable-line',
  severity: 'error',
  title: 'a line of a page with metrics that cannot be read',
  explain:
    'Prometheus drops the whole page when one line is wrong, so nothing is made of it here either. See https://prometheus.io/docs/instrumenting/exposition_formats/ and https://prometheus.io/docs/specs/om/open_metrics_spec/.',
  message: ({ what }) => what,
  help: ({ help }) => help,
});

export const NOT_METRICS = defineCode<{ first: string }>({
  code: 'exposition/not-metrics',
  severity: 'error',
  title: 'a page that is no page with metrics',
  explain: 'What came is a page for browsers. Many servers show one at `/` and their metrics at `/metrics`.',
  message: ({ first }) => `this page begins with \`${first}\`: it is made for browsers and has no metrics`,
  help: () => 'name the page with the metrics, such as `http://localhost:8080/metrics`',
});

export const CUT_OFF = defineCode({
  code: 'exposition/cut-off',
  severity: 'error',
  title: 'a page in the format OpenMetrics that does not end',
  explain: 'A page in the format OpenMetrics ends with the line `# EOF`; without it a part of the page is missing.',
  message: () => 'the page does not end with `# EOF`: a part of it is missing',
  help: () => 'ask the server again',
});

export const TWO_TYPES = defineCode<{ name: string; type: string; first: string }>({
  code: 'exposition/two-types',
  severity: 'warning',
  title: 'a metric with two types',
  explain: 'A page gives each metric one type. Of several the first counts here.',
  message: ({ name, type, first }) => `\`${name}\` is called a ${type} here and a ${first} above`,
  help: () => 'look into the program that exposes it: two parts of it use the same name',
});

export const codes = [UNREADABLE_LINE, NOT_METRICS, CUT_OFF, TWO_TYPES];
