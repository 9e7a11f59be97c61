import fc from 'fast-check';
import { templateFunctions } from '../../../src/formats/go-template/functions.ts';

const VALUES = [
  '$value',
  '.Value',
  '$labels',
  '$labels.job',
  '.Labels.instance',
  '.Labels.none',
  '$labels.job.x',
  '.Valu',
  '.Labels',
  '$externalLabels.x',
  '$externalURL',
  '"text"',
  '"5"',
  '`up`',
  '1',
  '1.5',
  '0x1E',
  '1e2',
  '(len $labels.job)',
  'true',
  '(query "up")',
  '(query "up" | first)',
  '(query "up" | first | value)',
  '(query "up" | first).Labels',
  '(query "up" | first).Labels.job',
  '(query "up" | first).Value',
  '(query "up" | first).Name',
  '(query "up").Labels',
  '(index (query "up") 0).Labels.job',
  '(args $value $labels "x").arg1.job',
  '(args $value $labels "x").arg2.job',
  '(toTime $value)',
  '(parseDuration "1h")',
  '(printf "%s" $labels.job)',
  '(humanize $value)',
  '(index $labels "job")',
  '(not true)',
  '(eq $labels.job "j")',
  'externalURL',
  '(title)',
];

/** `call` takes functions, of which there are none; and the time is never the same twice. */
const names = templateFunctions.filter(({ since, name }) => !since && name !== 'call').map(({ name }) => name);
const value = fc.constantFrom(...VALUES);
const format = fc.constantFrom(
  '"%s"',
  '"%d"',
  '"%.2f"',
  '"%v %v"',
  '"%5.1f%%"',
  '"%q"',
  '"%t"',
  '"%x"',
  '"a"',
  '"%c"',
  '"%-5s|"',
  '"%e"',
);

const call = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.constantFrom(...names), fc.array(value, { maxLength: 3 }))
      .map(([name, args]) => [name, ...args].join(' ')),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(format, fc.array(value, { maxLength: 2 }))
      .map(([text, args]) => ['printf', text, ...args].join(' ')),
  },
);

const stage = fc.oneof(
  { weight: 5, arbitrary: call },
  {
    weight: 1,
    arbitrary: fc.constantFrom('$labels.job', '$value', 'humanize', 'first', 'value', 'toUpper', 'printf "%s"'),
  },
);

/** Templates that Prometheus takes, of one action without branches: all of it is run. Many go wrong when they are. */
export const runnable: fc.Arbitrary<string> = fc
  .tuple(fc.oneof(value, call), fc.array(stage, { maxLength: 2 }))
  .map((parts) => `{{ ${parts.flat().join(' | ')} }}`);
