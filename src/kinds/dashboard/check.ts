import { enumerate } from '../../base/text.ts';
import type { DashboardDocument } from '../../generated/dashboard.ts';
import { defineCode } from '../../source/code.ts';
import type { Diagnostic } from '../../source/diagnostic.ts';
import type { Located, Path } from '../../source/document.ts';
import { checkExpression } from '../expressions.ts';

const NOT_ONE_CONTENT = defineCode<{ found: readonly string[] }>({
  code: 'dashboard/panel-content',
  severity: 'error',
  title: 'a panel must show exactly one thing',
  explain: 'A panel shows a KPI, an SLO, alerts, text, or one chart of `query` or `queries`.',
  message: ({ found }) =>
    found.length === 0
      ? 'the panel shows nothing'
      : `the panel shows ${enumerate(found.map((each) => `\`${each}\``))} at once`,
  help: () => 'write exactly one of `kpi`, `slo`, `alerts`, `text`, `query` or `queries`',
});

const ONLY_FOR_CHARTS = defineCode<{ property: string; content: string }>({
  code: 'dashboard/only-for-charts',
  severity: 'error',
  title: 'a property that only charts have',
  explain:
    'How a KPI, an SLO, alerts or text look follows from what they are; `type`, `unit`, `thresholds` and `legend` belong to a `query`.',
  message: ({ property, content }) => `\`${property}\` has no effect on a panel that shows \`${content}\``,
  help: ({ property }) => `remove \`${property}\``,
});

const LEGEND_TWICE = defineCode({
  code: 'dashboard/legend-of-queries',
  severity: 'error',
  title: 'a legend beside several queries',
  explain: 'With `queries` each query has its own legend; one beside them would belong to none.',
  message: () => '`legend` stands beside `queries`',
  help: () => 'move the legend into the query that it belongs to',
});

const VARIABLE_NAME = defineCode<{ name: string; why: string }>({
  code: 'dashboard/variable-name',
  severity: 'error',
  title: 'a variable name that is taken',
  explain:
    'Each variable of a dashboard needs its own name; `datasource` is the one that qmon adds to choose the Prometheus.',
  message: ({ name, why }) => `the variable \`${name}\` ${why}`,
  help: () => 'give it another name',
});

const LEADS_TO_ITSELF = defineCode<{ name: string }>({
  code: 'dashboard/leads-to-itself',
  severity: 'error',
  title: 'a dashboard that leads to itself',
  explain: '`leadsTo` lists the dashboards that a reader goes to next.',
  message: ({ name }) => `the dashboard \`${name}\` leads to itself`,
  help: () => 'remove it from `leadsTo`',
});

export const codes = [NOT_ONE_CONTENT, ONLY_FOR_CHARTS, LEGEND_TWICE, VARIABLE_NAME, LEADS_TO_ITSELF];

type Document = Located<DashboardDocument>;
type Spec = DashboardDocument['spec'];
type PanelSpec = Spec['rows'][number]['panels'][number];

const CONTENTS = ['kpi', 'slo', 'alerts', 'text', 'query', 'queries'] as const;
const CHART_PROPERTIES = ['type', 'unit', 'thresholds', 'legend'] as const;

function checkContent(document: Document, panel: PanelSpec, path: Path): Diagnostic[] {
  const found = CONTENTS.filter((each) => panel[each] !== undefined);
  const [content] = found;
  if (found.length !== 1 || content === undefined) return [NOT_ONE_CONTENT.at(document.at(path), { found })];
  if (content === 'query') return [];
  if (content === 'queries') {
    return panel.legend === undefined ? [] : [LEGEND_TWICE.at(document.at([...path, 'legend'], 'key'), {})];
  }
  return CHART_PROPERTIES.filter((each) => panel[each] !== undefined).map((property) =>
    ONLY_FOR_CHARTS.at(document.at([...path, property], 'key'), { property, content }),
  );
}

function checkQueries(document: Document, panel: PanelSpec, path: Path): Diagnostic[] {
  const single = panel.query === undefined ? [] : checkExpression(document, [...path, 'query'], panel.query, 'grafana');
  const several = (panel.queries ?? []).flatMap(({ query }, index) =>
    checkExpression(document, [...path, 'queries', index, 'query'], query, 'grafana'),
  );
  return [...single, ...several];
}

function checkVariables(document: Document): Diagnostic[] {
  const seen = new Set(['datasource']);
  return (document.value.spec.variables ?? []).flatMap(({ name }, index) => {
    const taken = seen.has(name);
    seen.add(name);
    const why = name === 'datasource' ? 'is the one that chooses the Prometheus' : 'is declared already';
    return taken ? [VARIABLE_NAME.at(document.at(['spec', 'variables', index, 'name']), { name, why })] : [];
  });
}

function checkLinks(document: Document): Diagnostic[] {
  const name = document.value.metadata.name;
  const index = document.value.spec.leadsTo?.indexOf(name) ?? -1;
  return index < 0 ? [] : [LEADS_TO_ITSELF.at(document.at(['spec', 'leadsTo', index]), { name })];
}

/** What one Dashboard document shows to be wrong by itself. */
export function checkDashboard(document: Document): Diagnostic[] {
  const panels = document.value.spec.rows.flatMap((row, rowIndex) =>
    row.panels.flatMap((panel, index) => {
      const path = ['spec', 'rows', rowIndex, 'panels', index];
      return [...checkContent(document, panel, path), ...checkQueries(document, panel, path)];
    }),
  );
  return [...panels, ...checkVariables(document), ...checkLinks(document)];
}
