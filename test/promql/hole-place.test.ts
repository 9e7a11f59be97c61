// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the braces are those of holes
import { expect, test } from 'vitest';
import { placedHoles } from '../../src/promql/hole-place.ts';

test.each<[string, string]>([
  ['$a', 'operand'],
  ['x > $a', 'operand'],
  ['sum($a)', 'operand'],
  ['topk($a, x)', 'operand'],
  ['x @ $a', 'operand'],
  ['-$a', 'operand'],
  ['x - $a', 'operand'],
  ['offset_total - $a', 'operand'],
  ['label_replace($a, "b", "$1", "c", ".*")', 'operand'],
  ['label_replace(rate(x[5m]), $a, "$1", "c", ".*")', 'text'],
  ['label_replace(f(x, y), "b", "$1", "c", $a)', 'text'],
  ['label_replace(f($a), "b", "$1", "c", "")', 'operand'],
  ['label_join(x, "b", $a, "c")', 'text'],
  ['count_values($a, x)', 'text'],
  ['count_values("b", $a)', 'operand'],
  ['count_values by (c) ($a, x)', 'text'],
  ['sum by (c) ($a)', 'operand'],
  ['sum by ($a) (x)', 'label'],
  ['sum without (b, $a) (x)', 'label'],
  ['x / on ($a) y', 'label'],
  ['x / ignoring (b) group_left ($a) y', 'label'],
  ['x{$a="b"}', 'label'],
  ['x{b="c", $a!~"b"}', 'label'],
  ['x{b=$a}', 'matcher-value'],
  ['x{b!~$a, c="d"}', 'matcher-value'],
  ['x{$a}', 'matchers'],
  ['x{b="c", $a}', 'matchers'],
  ['x[$a]', 'duration'],
  ['x[5m:$a]', 'duration'],
  ['x[$a:]', 'duration'],
  ['x offset $a', 'duration'],
  ['x offset -$a', 'duration'],
  ['x OFFSET $a', 'duration'],
  ['x{b="}"} > $a', 'operand'],
  ['x) > $a', 'operand'],
])('%s: %s', (text, place) => {
  expect(placedHoles(text).map((hole) => [hole.name, hole.place])).toEqual([['a', place]]);
});

test.each<[string, readonly string[]]>([
  ['x$a', ['x']],
  ['5$a', ['5']],
  ['x:y$a', ['x:y']],
  ['$a$b', ['$b', '$a']],
  ['x[${a}m]', ['m']],
  ['"x"$a', ['"x"']],
  ['x $a', []],
  ['x{$a}', []],
  ['x>$a>y', []],
  ['sum($a)', []],
])('what is touched in %s', (text, touched) => {
  const words = placedHoles(text).flatMap(({ touching }) => touching.map(({ start, end }) => text.slice(start, end)));
  expect(words).toEqual(touched);
});

test('nothing is filled in inside quotes and comments', () => {
  expect(placedHoles('x{a="$a"} # $a')).toEqual([]);
});
