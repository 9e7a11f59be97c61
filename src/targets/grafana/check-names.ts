import { groupBy } from '../../base/order.ts';
import type { Dashboard, Model } from '../../model/types.ts';
import { defineCode } from '../../source/code.ts';
import type { Diagnostic } from '../../source/diagnostic.ts';
import { originSpan } from '../../source/document.ts';
import type { Page } from './board.ts';
import { authoredPages, generatedPages } from './pages.ts';

const NAME_TAKEN = defineCode<{ name: string }>({
  code: 'dashboard/name-taken',
  severity: 'error',
  title: 'a dashboard with the name of a generated one',
  explain:
    'qmon draws an overview (`slo-overview`) and one dashboard for each service with SLOs (`service-NAME`). A dashboard of yours with such a name would be written to the same file.',
  message: ({ name }) => `qmon draws a dashboard named \`${name}\` itself`,
  help: () => 'give the dashboard another name',
});

const DUPLICATE_UID = defineCode<{ name: string; other: string; uid: string }>({
  code: 'dashboard/duplicate-uid',
  severity: 'error',
  title: 'two dashboards with one uid',
  explain:
    'Grafana knows a dashboard by its uid, which follows from the names of the project and the dashboard. Names that differ only in characters that a uid cannot have give the same.',
  message: ({ name, other, uid }) => `\`${name}\` and \`${other}\` both have the uid \`${uid}\``,
  help: () => 'rename one of them',
});

const DUPLICATE_TITLE = defineCode<{ title: string; other: string }>({
  code: 'dashboard/duplicate-title',
  severity: 'error',
  title: 'two dashboards with one title',
  explain:
    'All dashboards of a project are in one folder, and Grafana stops saving the provisioned dashboards of a folder in which a title is there twice.',
  message: ({ title, other }) => `the title \`${title}\` is also that of the dashboard \`${other}\``,
  help: () => 'give one of them another title',
});

export const codes = [NAME_TAKEN, DUPLICATE_UID, DUPLICATE_TITLE];

/** Pages that share a key, each with the first that has it. */
function repeated(pages: readonly Page[], key: (page: Page) => string): readonly (readonly [Page, Page])[] {
  return [...groupBy(pages, key).values()].flatMap(([first, ...others]) =>
    others.map((each) => [each, first!] as const),
  );
}

/** Whether names, uids and titles of all dashboards, those that qmon draws included, are each there once. */
export function checkNames(model: Model): readonly Diagnostic[] {
  const generated = generatedPages(model);
  const taken = model.dashboards.all.filter(({ name }) => generated.some((page) => page.name === name));
  const others = authoredPages(model).filter(({ name }) => !taken.some((each) => each.name === name));
  const pages = [...generated, ...others];
  const at = (page: Page, ...path: string[]) => {
    const dashboard: Dashboard | undefined = model.dashboards.get(page.name);
    return dashboard && originSpan(dashboard.part(...path));
  };
  return [
    ...taken.map(({ name, part }) => NAME_TAKEN.at(originSpan(part('metadata', 'name')), { name })),
    ...repeated(pages, ({ uid }) => uid).map(([page, other]) =>
      DUPLICATE_UID.at(at(page, 'metadata', 'name'), { name: page.name, other: other.name, uid: page.uid }),
    ),
    ...repeated(pages, ({ title }) => title.toLowerCase()).map(([page, other]) =>
      DUPLICATE_TITLE.at(at(page, 'spec', 'title'), { title: page.title, other: other.name }),
    ),
  ];
}
