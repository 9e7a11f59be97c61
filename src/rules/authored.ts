import type { Alert } from '../model/rule.ts';
import type { Model } from '../model/types.ts';
import type { Origin, Path } from '../source/document.ts';

/** A label or annotation of an alert that an author wrote: in the rule, or for all alerts of a document. */
export interface AuthoredText {
  readonly part: 'labels' | 'annotations';
  readonly name: string;
  /** As the alert has it; where it stands it may read otherwise, such as a severity that is mapped. */
  readonly text: string;
  readonly origin: Origin;
  /** Whether it reads the same where it stands, so that its characters can be pointed at. */
  readonly exact: boolean;
}

/** Where labels or annotations of an alert may be written: in the rule, or for all alerts of a document. */
function placesOf(model: Model, rule: Alert, part: 'labels' | 'annotations'): readonly Origin[] {
  const service = model.services.get(rule.service ?? '');
  const inherited = [...(service ? [service.part('metadata', part)] : []), model.project.part('spec', part)];
  return [...ownPlaces(model, rule, part), ...inherited].filter((place) => (valueAt(place) ?? undefined) !== undefined);
}

function ownPlaces(model: Model, rule: Alert, part: 'labels' | 'annotations'): readonly Origin[] {
  const { document, path } = rule.origin;
  const at = (place: Path) => ({ document, path: place });
  if (rule.source.kind === 'RuleSet') {
    const changes = (rule.changes ?? []).map((change) => ({ ...change, path: [...change.path, part] }));
    const set = model.ruleSets.get(rule.source.name);
    return [
      ...changes,
      at([...path, part]),
      at([...path.slice(0, -2), part]),
      ...(set ? [set.part('spec', part)] : []),
    ];
  }
  const inRule = rule.source.kind === 'AlertPolicy' ? [at([...path, part]), rule.origin] : [];
  return [...inRule, at(['metadata', part])];
}

function valueAt({ document, path }: Origin): unknown {
  return path.reduce<unknown>(
    (value, key) => (value as Record<string | number, unknown> | undefined)?.[key],
    document.value,
  );
}

/** Where the author wrote each label and annotation of an alert, as far as an author did. */
export function authoredTexts(model: Model, alert: Alert): readonly AuthoredText[] {
  return (['labels', 'annotations'] as const).flatMap((part) => {
    const places = placesOf(model, alert, part);
    return Object.entries(alert[part]).flatMap(([name, text]) => {
      const place = places.find((each) => Object.hasOwn(valueAt(each) as object, name));
      if (!place) return [];
      const origin = { document: place.document, path: [...place.path, name] };
      return [{ part, name, text, origin, exact: valueAt(origin) === text }];
    });
  });
}
