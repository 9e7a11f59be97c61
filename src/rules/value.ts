import { compare, ONE, type Rational } from '../base/quantity.ts';
import { parseUnit, type Unit } from '../model/unit.ts';

/** A text that people wrote, such as a title, inside a template of Prometheus or Alertmanager: `{{` stands for itself. */
export function literal(text: string): string {
  return text.replaceAll('{{', '{{ "{{" }}');
}

/** Of an amount of money below 1, more than the hundredths matter. */
function moneyDecimals(bounds: readonly Rational[]): number {
  return bounds.some((bound) => compare(bound, ONE) < 0) ? 4 : 2;
}

/** Currency signs stand before the number, codes and words after it. */
function money(base: string, bounds: readonly Rational[]): string {
  const number = `{{ $value | printf "%.${moneyDecimals(bounds)}f" }}`;
  return /^[$€£¥]$/.test(base) ? base + number : `${number} ${literal(base)}`;
}

/** A number with the words of its unit; one that has its own prefix (`GB`, `ms`) gets no second one. */
function worded(unit: string, { scale, measure }: Unit): string {
  const number = measure === 'count' || compare(scale, ONE) === 0 ? 'humanize' : 'printf "%.4g"';
  return `{{ $value | ${number} }}${unit === '' ? '' : ` ${literal(unit)}`}`;
}

/**
 * The template that shows an alert's value to people, in its unit. `bounds`: what the value is compared with.
 * Source: https://prometheus.io/docs/prometheus/latest/configuration/template_reference/#numbers
 */
export function formattedValue(text: string, bounds: readonly Rational[] = []): string {
  const unit = parseUnit(text);
  const [base = '', ...pers] = text.split('/').map((part) => part.trim());
  const per = pers.map((each) => `/${literal(each)}`).join('');
  if (unit.measure === 'sum of money') return money(base, bounds) + per;
  if (compare(unit.scale, ONE) === 0) {
    if (unit.measure === 'percentage') return `{{ $value | humanizePercentage }}${per}`;
    if (unit.measure === 'duration') return `{{ $value | humanizeDuration }}${per}`;
    if (unit.measure === 'number of bytes')
      return `{{ $value | humanize1024 }}B${unit.per === 'second' && per === '' ? '/s' : per}`;
  }
  return worded(text, unit);
}
