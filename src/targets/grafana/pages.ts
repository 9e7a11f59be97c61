import { uniqueTexts } from '../../base/order.ts';
import { dashboardUid, generatedDashboard, generatedDashboardTitle } from '../../model/names.ts';
import type { Model, Service } from '../../model/types.ts';
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

/** The dashboards that authors wrote. */
export function authoredPages(model: Model): readonly Page[] {
  return model.dashboards.all.map(({ name, title, purpose }) => {
    return { name, title, purpose, uid: dashboardUid(model.project.name, name) };
  });
}

/** The dashboards that qmon draws by itself. */
export function generatedPages(model: Model): readonly Page[] {
  const { project } = model;
  const page = (name: string, title: string, purpose: string): Page => {
    return { name, title, purpose, uid: dashboardUid(project.name, name) };
  };
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
