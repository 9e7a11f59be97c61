import { expect, test } from 'vitest';
import { compile } from '../../src/pipeline/compile.ts';
import { originSpan } from '../../src/source/document.ts';

const SPECS = `kind: Project
metadata: { name: shop }
spec: { labels: { site: IN-PROJECT } }
---
kind: Channel
metadata: { name: ops }
spec: { webhook: { url: https://ops.example.org/ } }
---
kind: Service
metadata: { name: cart, annotations: { wiki: IN-SERVICE } }
---
kind: AlertPolicy
metadata: { name: cart, labels: { zone: IN-POLICY } }
spec:
  service: cart
  rules:
    - alert: Slow
      expr: slow > 5
      severity: critical
      summary: IN-SUMMARY
      labels: { queue: IN-RULE }
      annotations: { chart: IN-ANNOTATION }
`;

test('a label or annotation that promtool refuses is found where its author wrote it', () => {
  const [[shop]] = compile([{ path: 'shop.yaml', text: SPECS }]);
  const file = shop!.artifacts!.find(({ path }) => path === 'prometheus/rules/cart.yml')!;
  const written = (pointer: string) => {
    const { start, end } = originSpan(file.origins.get(pointer)!);
    return SPECS.slice(start, end);
  };
  const parts = [
    'labels/site',
    'annotations/wiki',
    'labels/zone',
    'annotations/summary',
    'labels/queue',
    'annotations/chart',
  ];
  expect(parts.map((part) => written(`/groups/0/rules/0/${part}`))).toEqual([
    'IN-PROJECT',
    'IN-SERVICE',
    'IN-POLICY',
    'IN-SUMMARY',
    'IN-RULE',
    'IN-ANNOTATION',
  ]);
  expect(written('')).toBe('cart');
});
