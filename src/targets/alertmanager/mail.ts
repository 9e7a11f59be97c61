import type { EmailSettings, Model, Secret } from '../../model/types.ts';

/** Where a secret lies; Alertmanager reads it whenever it needs it. */
export function secretFile(model: Model, { secret }: Secret): string {
  return `${model.project.alertmanager.secretsDir.replace(/\/+$/, '')}/${secret}`;
}

/** How mail is sent, as the global section says it (prefix `smtp_`) or a receiver (none); the fields are the same otherwise. */
export function mailSettings<Prefix extends 'smtp_' | ''>(
  model: Model,
  { from, smarthost, authUsername, authPassword, requireTls }: EmailSettings,
  prefix: Prefix,
): { readonly [Field in `${Prefix}${string}`]: string | boolean } {
  const settings: readonly (readonly [string, string | boolean | undefined])[] = [
    ['from', from],
    ['smarthost', smarthost],
    ['auth_username', authUsername],
    ['auth_password_file', authPassword && secretFile(model, authPassword)],
    ['require_tls', requireTls],
  ];
  const given = settings.flatMap(([name, value]) =>
    value === undefined ? [] : [[`${prefix}${name}`, value] as const],
  );
  return Object.fromEntries(given) as { readonly [Field in `${Prefix}${string}`]: string | boolean };
}
