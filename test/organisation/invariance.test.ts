import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/pipeline/compile.ts';
import { asFile, type Spec, type Specs, workspaces } from '../properties/workspaces.ts';
import { compiled, filesOf, organisation, outputOf, type Placed, placed } from './workspace.ts';

const seed = Number(process.env.FC_SEED ?? 20_261_121);
const original = outputOf(organisation);
const isPackage = ({ path }: Placed) => path.startsWith('specs/vendor/foundation/');

/** Generated workspaces that compile. */
const generated = fc.sample(workspaces, { numRuns: 40, seed }).filter((specs) => {
  const [[compilation]] = compile([asFile(specs)]);
  return compilation?.artifacts !== undefined;
});

const environment = (name: string, spec: object): Spec => ({ kind: 'Environment', metadata: { name }, spec });

/** An override that sets everything to what it is. */
function sameAgain({ kind, metadata: { name }, spec }: Spec, namespace = ''): object[] {
  if (kind === 'Environment' || spec === undefined) return [];
  return [{ kind, name: `${namespace}${name}`, set: spec }];
}

/** The paths of files that are not the same in both. */
function changes(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths].filter((path) => before.get(path) !== after.get(path)).sort();
}

describe(`the organisation and generated workspaces (FC_SEED=${seed})`, () => {
  it('are there', () => {
    expect(generated.length).toBeGreaterThan(20);
    expect(original.size).toBeGreaterThan(200);
    expect(changes(original, outputOf(filesOf(placed)))).toEqual([]);
  });
});

describe('an override that is what it overrides', () => {
  it('changes nothing in the organisation', () => {
    const own = placed.filter((each) => !isPackage(each)).flatMap(({ spec }) => sameAgain(spec));
    /** Names in an override are those of the workspace, so only those are repeated that name nobody. */
    const theirs = placed
      .filter((each) => isPackage(each) && ['Channel', 'MetricCatalog', 'Runbook'].includes(each.spec.kind))
      .flatMap(({ spec }) => sameAgain(spec, 'foundation/'));
    const taken = [
      { kind: 'SLO', name: 'quotes-availability', set: { objective: '99.95%', alerting: { page: 'P1' } } },
      { kind: 'AlertPolicy', name: 'claims-process', set: { rules: { ServiceDown: { severity: 'P3' } } } },
      { kind: 'KPI', name: 'edge-cost', set: { critical: '> 5000' } },
    ];
    const overridden = placed.map((each) => {
      const { kind, metadata, spec } = each.spec;
      if (kind !== 'Environment' || metadata.name !== 'production') return each;
      return {
        ...each,
        spec: environment('production', { ...(spec as object), override: [...own, ...theirs, ...taken] }),
      };
    });
    expect(own.length).toBeGreaterThan(90);
    expect(changes(original, outputOf(filesOf(overridden)))).toEqual([]);
  });

  it('changes nothing in generated workspaces', () => {
    for (const specs of generated) {
      const override = specs.flatMap((each) => sameAgain(each));
      const plain = outputOf([asFile([...specs, environment('staging', {})])]);
      expect(changes(plain, outputOf([asFile([...specs, environment('staging', { override })])]))).toEqual([]);
    }
  });
});

/** The documents in another order, in other files of the same workspace or package. */
function scattered(order: readonly Placed[], files: readonly number[]): Placed[] {
  return order.map((each, index) => {
    const folder = isPackage(each) ? 'specs/vendor/foundation' : 'specs';
    const file = files[index % files.length]!;
    const home =
      each.spec.kind === 'Project' ? 'all.yaml' : ['all.yaml', 'a/b.yml', 'z.yaml', `n/${file}.yaml`][file % 4];
    return { ...each, path: `${folder}/${home}` };
  });
}

describe('where documents stand', () => {
  it('changes nothing in the organisation', () => {
    const order = fc.shuffledSubarray([...placed], { minLength: placed.length, maxLength: placed.length });
    const files = fc.array(fc.nat(40), { minLength: 7, maxLength: 31 });
    const property = fc.property(order, files, (documents, homes) => {
      expect(changes(original, outputOf(filesOf(scattered(documents, homes))))).toEqual([]);
    });
    fc.assert(property, { numRuns: 6, seed });
  });

  it('nor do the names of its files', () => {
    const renamed = organisation.map(({ path, text }) => {
      const foreign = path.includes('/heron/');
      return { path: foreign ? path : path.replace(/[^/]+\.yaml$/, (name) => `z-${name.length}-${name}`), text };
    });
    expect(changes(original, outputOf(renamed))).toEqual([]);
  });
});

/** A service that takes over everything that there is to take over. */
function newcomer(name: string): Specs {
  const use = [
    { policy: 'foundation/process' },
    { policy: 'foundation/http' },
    { slo: 'availability' },
    { kpi: 'cost', with: { budget: 10, limit: 20 } },
    { dashboard: 'http' },
  ];
  return [{ kind: 'Service', metadata: { name }, spec: { owner: 'shipping', selector: `{job="${name}"}`, use } }];
}

/** What lists services, whoever they are: overviews, what is shared, who is told. */
const LISTS = [
  'alertmanager/alertmanager.yml',
  'grafana/dashboards/slo-overview.json',
  'prometheus/rules/_project.yml',
  /^runbooks\/(index|incident-[a-z0-9-]+|metrics)\.md$/,
  /^runbooks\/foundation\//,
];

function isList(path: string): boolean {
  const below = path.split('/').slice(2).join('/');
  return LISTS.some((each) => (typeof each === 'string' ? each === below : each.test(below)));
}

describe('a new service', () => {
  it.each(['aaa', 'zzz'])('changes no file of another service: %s', (name) => {
    const after = outputOf(filesOf([...placed, ...newcomer(name).map((spec) => ({ path: 'specs/new.yaml', spec }))]));
    const changed = changes(original, after);
    const added = changed.filter((path) => !original.has(path));
    expect(added.length).toBeGreaterThan(6);
    expect(added.filter((path) => !path.includes(name))).toEqual([]);
    expect(changed.filter((path) => original.has(path) && !isList(path))).toEqual([]);
  });

  it('changes no file of another service in generated workspaces', () => {
    const news: Specs = [
      { kind: 'Service', metadata: { name: 'newcomer' }, spec: { owner: 'payments', selector: '{job="newcomer"}' } },
      {
        kind: 'SLO',
        metadata: { name: 'newcomer-answers' },
        spec: {
          service: 'newcomer',
          objective: '99.9%',
          window: '30d',
          indicator: { ratio: { errors: 'requests_total{code=~"5.."}', total: 'requests_total' } },
        },
      },
    ];
    const place = environment('production', {});
    for (const specs of generated) {
      const before = outputOf([asFile([...specs, place])]);
      const changed = changes(before, outputOf([asFile([...specs, place, ...news])]));
      expect(changed.some((path) => path.includes('newcomer'))).toBe(true);
      expect(changed.filter((path) => before.has(path) && !isList(path))).toEqual([]);
    }
  });
});

describe('an environment', () => {
  it('comes out the same alone as with all others', () => {
    for (const name of ['production', 'staging']) {
      const alone = outputOf(organisation, { environments: [name] });
      const together = [...original].filter(([path]) => path.startsWith(`tarnwick/${name}/`));
      expect(alone.size).toBeGreaterThan(100);
      expect(changes(new Map(together), alone)).toEqual([]);
    }
    const pairs = generated.slice(0, 10).map((specs) => {
      const files = [asFile([...specs, environment('a', {}), environment('b', { labels: { stage: 'test' } })])];
      const alone = ['a', 'b'].flatMap((name) => [...outputOf(files, { environments: [name] })]);
      return changes(outputOf(files), new Map(alone));
    });
    expect(pairs.flat()).toEqual([]);
  });

  it('is found to be the same alone as with all others', () => {
    const [production] = compiled(organisation, { environments: ['production'] });
    const [same] = compiled(organisation);
    expect(production!.diagnostics).toEqual(same!.diagnostics);
  });
});

describe('an import', () => {
  it('under another namespace changes names only', () => {
    const renamed = organisation.map(({ path, text }) => {
      const own = !path.includes('/vendor/');
      return {
        path,
        text: own ? text.replaceAll('foundation/', 'foundry/').replace('as: foundation', 'as: foundry') : text,
      };
    });
    const expected = [...original].map(([path, text]) => {
      const rename = (each: string) => each.replaceAll('foundation', 'foundry');
      return [rename(path), rename(text)] as const;
    });
    expect(changes(new Map(expected), outputOf(renamed))).toEqual([]);
  });
});
