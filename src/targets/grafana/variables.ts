import type { VariableJson } from '../../formats/grafana.ts';
import type { Variable } from '../../model/types.ts';
import { DATASOURCE } from './view.ts';

/** The variable that chooses the Prometheus: by name where the project says what it is called, else Grafana's default. */
export function datasourceVariable(name: string | undefined): VariableJson {
  return {
    name: 'datasource',
    label: 'Data source',
    type: 'datasource',
    query: 'prometheus',
    refresh: 1,
    regex: '',
    hide: 0,
    multi: false,
    includeAll: false,
    skipUrlSync: false,
    options: [],
    current: { selected: false, text: name ?? 'default', value: name ?? 'default' },
  };
}

const ALL = { selected: true, text: ['All'], value: ['$__all'] } as const;

/**
 * A variable of the author's. It is read again when the time range changes (`refresh: 2`) and sorted by name
 * (`sort: 1`); a choice of several starts with all of them.
 */
export function queryVariable({ name, label, query, multi }: Variable): VariableJson {
  return {
    name,
    label,
    type: 'query',
    datasource: DATASOURCE,
    definition: query,
    query: { query, refId: 'StandardVariableQuery' },
    refresh: 2,
    sort: 1,
    regex: '',
    hide: 0,
    multi,
    includeAll: multi,
    ...(multi && { allValue: '.+' }),
    skipUrlSync: false,
    options: [],
    current: multi ? ALL : {},
  };
}
