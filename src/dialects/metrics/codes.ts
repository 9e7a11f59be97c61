import { enumerate } from '../../base/text.ts';
import { defineCode } from '../../source/code.ts';

export const NO_METRICS = defineCode<{ left: readonly string[] }>({
  code: 'exposition/no-metrics',
  severity: 'error',
  title: 'a page without metrics for a catalogue',
  explain: 'A MetricCatalog needs at least one metric. The page has none, or all of them were left out.',
  message: ({ left }) =>
    left.length === 0 ? 'there is no metric on the page' : `all metrics are left out: ${enumerate(left)}`,
  help: ({ left }) => (left.length === 0 ? undefined : 'choose with `--prefix` and `--without`'),
});

export const OTHER_TYPE = defineCode<{ name: string; type: string; first: string; elsewhere: string }>({
  code: 'exposition/types-differ',
  severity: 'warning',
  title: 'a metric that is of another type on another page',
  explain:
    'The pages disagree about the type of a metric, so queries that are right for one service are wrong for the other. The catalogue has the type of the first page.',
  message: ({ name, type, first, elsewhere }) => `\`${name}\` is a ${type} here and a ${first} on \`${elsewhere}\``,
  help: () => 'import the pages into catalogues of their own, or let the services agree',
});

export const NAME_NOT_HELD = defineCode<{ name: string }>({
  code: 'exposition/name-not-held',
  severity: 'warning',
  title: 'a metric whose name no catalogue can hold',
  explain:
    'Prometheus 3 allows any characters in names. Names in a MetricCatalog have letters, digits, underscores and colons, as every version of Prometheus reads them.',
  message: ({ name }) => `\`${name}\` is left out: a catalogue holds names of letters, digits, underscores and colons`,
  help: () => 'let the service expose a name with underscores, or ask it with `escaping=underscores`',
});

export const codes = [NO_METRICS, OTHER_TYPE, NAME_NOT_HELD];
