import { uniqueTexts } from '../../base/order.ts';
import { dashboardTitle, dashboardUid, generatedDashboard, generatedDashboardTitle } from '../../model/names.ts';
import type { Model, Project, Service } from '../../model/types.ts';
import type { Page } from './board.ts';

/** The services that have a dashboard of their own: those with SLOs, in the order of their names. */
export function observedServices(model: Model): readonly Service[] {
  const names = uniqueTexts(model.slos.all.map(({ service }) => service));
  return names.flatMap((name) => model.services.get(name) ?? []);
}

/** Whether there is anything for the overview to show. */
export function hasOverview(model: Model): boolean {
  return model.slos.all.length > 0 || model.kpis.all.length > 0;
}

function pageOf(project: Project, name: string, title: string, purpose: string): Page {
  return { name, title: dashboardTitle(project, title), purpose, uid: dashboardUid(project, name) };
}

/** The dashboards that authors wrote. */
export function authoredPages(model: Model): readonly Page[] {
  return model.dashboards.all.map(({ name, title, purpose }) => {
    return pageOf(model.project, name, title, purpose);
  });
}

/** The dashboards that qmon draws by itself. */
export function generatedPages(model: Model): readonly Page[] {
  const { project } = model;
  const page = (name: string, title: string, purpose: string) => pageOf(project, name, title, purpose);
  const services = observedServices(model).map(({ name, title }) =>
    page(
      generatedDashboard.service(name),
      generatedDashboardTitle.service(title),
      `Service levels, error budgets and alerts of ${title}`,
    ),
  );
  if (!hasOverview(model)) return services;
  const purpose = `Every service level objective and KPI of ${project.title}`;
  return [page(generatedDashboard.overview, generatedDashboardTitle.overview(project.title), purpose), ...services];
}
