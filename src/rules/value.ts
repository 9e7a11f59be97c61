/** How `{{ $value }}` is shown in a unit; `$` must not stand before `{{`, where Prometheus would not mind but people do. */
const FORMATS: Readonly<Record<string, string>> = {
  percent: '{{ $value | humanizePercentage }}',
  seconds: '{{ $value | humanizeDuration }}',
  bytes: '{{ $value | humanize1024 }}B',
};

/** A text that people wrote, such as a title, inside a template of Prometheus or Alertmanager: `{{` stands for itself. */
export function literal(text: string): string {
  return text.replaceAll('{{', '{{ "{{" }}');
}

/** The template that shows an alert's value to people. */
export function formattedValue(unit: string): string {
  const known = FORMATS[unit];
  if (known !== undefined) return known;
  if (unit.startsWith('$')) return `\${{ $value | printf "%.2f" }}${literal(unit.slice(1))}`;
  return `{{ $value | humanize }}${unit === '' ? '' : ` ${literal(unit)}`}`;
}
