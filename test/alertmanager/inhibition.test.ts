import { expect, test } from 'vitest';
import { inhibitions } from '../../src/routing/inhibition.ts';
import { INHIBITING, model, rules, type TestAlert, type Workspace } from './model.ts';

const burn = (slo: string, severity: string) => ['Burn', { slo, service: 'shop', severity }] as const;

/** Each as a sentence. */
function sentences(workspace: Workspace, ...alerts: readonly TestAlert[]): string[] {
  const text = (matchers: readonly { label: string; operator: string; value: string }[]) =>
    matchers.map(({ label, operator, value }) => `${label}${operator}${value}`).join(' ');
  return inhibitions(model(workspace), rules(...alerts)).map(
    ({ source, target, equal }) => `${text(source)} > ${text(target)} on ${equal.join(',')}`,
  );
}

test('one rule for each severity that silences, on the SLO and within a cluster', () => {
  expect(
    sentences(INHIBITING, burn('a', 'P1'), burn('a', 'P2'), burn('a', 'P3'), burn('b', 'P1'), burn('b', 'P4')),
  ).toEqual([
    'severity=P1 slo=~.+ > severity=~P2|P3|P4 slo=~.+ on cluster,service,slo',
    'severity=P2 slo=~.+ > severity=P3 slo=~.+ on cluster,service,slo',
  ]);
});

test('alerts of one name, about the same object', () => {
  expect(sentences(INHIBITING, ['Slow', { severity: 'P2' }], ['Slow', { severity: 'P3' }])).toEqual([
    'severity=P2 slo= > severity=P3 slo= on alertname,cluster,code,instance,job,service',
  ]);
});

const levels = (name: string, expr: string): TestAlert[] => [
  [name, { severity: 'P2' }, `${expr} > 9`],
  [name, { severity: 'P3' }, `${expr} > 5`],
];

test('an object is also what the expression tells apart', () => {
  const long = levels('Long', 'sum by (queue) (queue_length)');
  const named: TestAlert = ['Long', { severity: 'P4', host: '{{ $labels.instance }}', kind: 'x' }];
  expect(sentences(INHIBITING, ...long)).toEqual([
    'severity=P2 slo= > severity=P3 slo= on alertname,cluster,code,instance,job,queue,service',
  ]);
  expect(sentences(INHIBITING, ...long, named)[1]).toBe(
    'severity=P3 slo= > severity=P4 slo= on alertname,cluster,code,host,instance,job,queue,service',
  );
});

test('where nobody knows the labels, one object could silence another: nothing is silenced', () => {
  expect(sentences(INHIBITING, ...levels('Full', 'disk_used / disk_size'))).toEqual([]);
  expect(
    sentences(
      INHIBITING,
      ...levels('Full', 'disk_used'),
      ...levels('Slow', 'requests_total'),
      ...levels('Old', 'time()'),
    ),
  ).toEqual([
    'severity=P2 alertname=~Old|Slow slo= > severity=P3 alertname=~Old|Slow slo= on alertname,cluster,code,instance,job,service',
  ]);
});

test('nothing where no two severities meet', () => {
  expect(
    sentences(INHIBITING, burn('a', 'P1'), burn('b', 'P2'), ['Slow', { severity: 'P2' }], ['Down', { severity: 'P1' }]),
  ).toEqual([]);
});

test('a severity that tells nobody silences nobody', () => {
  const severities = [{ name: 'P1', notify: [] }, { name: 'P2' }];
  expect(sentences({ ...INHIBITING, severities }, burn('a', 'P1'), burn('a', 'P2'))).toEqual([]);
});
