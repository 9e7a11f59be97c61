import { expect, test } from 'vitest';
import common from '../../src/kinds/common.schema.json' with { type: 'json' };
import { FLAGS } from '../../src/promql/functions.ts';

test('a Project may list every flag that the language knows, and no other', () => {
  const { features } = common.definitions.targets.properties.prometheus.properties;
  expect([...features.items.enum].sort()).toEqual(FLAGS);
});
